using System.Runtime.CompilerServices;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class BulkTests : IAsyncLifetime
{
    private const int Window = 8;

    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();
    private int _read;

    public BulkTests() => _engine.Options.Engine.BulkWindow = Window;

    [Fact]
    public async Task EnrichMany_AnswersComeInAnotherOrder_ReturnsInputOrder()
    {
        var crm = _engine.Add();
        crm.Answer = static async (request, _) =>
        {
            for (var i = 0; i < 50 - int.Parse(request.UserId, System.Globalization.CultureInfo.InvariantCulture); i++)
            {
                await Task.Yield();
            }

            return Results.Found(request.UserId);
        };

        var profiles = await Many(Users(50)).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), profiles.Select(static profile => profile.UserId));
        Assert.All(profiles, static profile => Assert.Equal(profile.UserId, profile.Merged.Demographics!.City));
    }

    [Fact]
    public async Task EnrichMany_AsCompleted_ReturnsTheFirstAnswerFirst()
    {
        var crm = _engine.Add();
        crm.Answer = (request, token) => request.UserId == "0" ? _gate.Pass(request, token) : new(Results.Found(request.UserId));
        await using var profiles = Many(Users(30), asCompleted: true).GetAsyncEnumerator();
        var seen = new List<string>();

        for (var i = 0; i < 29; i++)
        {
            Assert.True(await profiles.MoveNextAsync());
            seen.Add(profiles.Current.UserId);
        }

        Assert.DoesNotContain("0", seen);
        _gate.Release(Results.Found());
        Assert.True(await profiles.MoveNextAsync());
        Assert.Equal("0", profiles.Current.UserId);
        Assert.False(await profiles.MoveNextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichMany_ConsumerIsSlow_NeverReadsMoreThanTheWindowAhead(bool asCompleted)
    {
        _engine.Add();
        var taken = 0;

        await foreach (var _ in Many(Users(200), asCompleted))
        {
            taken++; // its place is free already
            Assert.InRange(Volatile.Read(ref _read), 0, taken + Window);
            await Task.Yield();
        }

        Assert.Equal(200, taken);
    }

    [Fact]
    public async Task EnrichMany_PermitsAndInteractiveCallers_TakesAtMostHalf()
    {
        var crm = _engine.Add(settings: settings => settings.MaxConcurrency = 4);
        crm.Answer = _gate.Pass;
        var bulk = Task.Run(async () => await Many(Users(6)).ToListAsync());
        await _gate.Arrivals(2);
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Waiting == 4);

        _ = _engine.Manager.EnrichAsync("interactive 1");
        _ = _engine.Manager.EnrichAsync("interactive 2");
        await _gate.Arrivals(2);

        Assert.Equal(["interactive 1", "interactive 2"], crm.Requests.Skip(2).Select(static request => request.UserId).Order());
        Assert.Equal((4, 4), (_engine.Manager.GetPluginStatus("crm")!.Running, _engine.Manager.GetPluginStatus("crm")!.Waiting));
        crm.Answer = static (request, _) => new(Results.Found(request.UserId));
        _gate.Release(Results.Found());
        Assert.Equal(6, (await bulk).Count);
    }

    [Fact]
    public async Task EnrichMany_DuplicatesInTheWindow_AreFetchedOnce()
    {
        var crm = _engine.Add();
        crm.Answer = _gate.Pass;
        var bulk = Task.Run(async () => await Many(new[] { "a", "b", "a", "a" }.ToAsyncEnumerable()).ToListAsync());
        await _gate.Arrivals(2);

        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 2);
        _gate.Release(Results.Found());

        Assert.Equal(["a", "b", "a", "a"], (await bulk).Select(static profile => profile.UserId));
        Assert.Equal(2, crm.Calls);
    }

    [Fact]
    public async Task EnrichMany_Done_LeavesNoNewUserInMemory()
    {
        var crm = _engine.Add();
        await _engine.Manager.EnrichAsync("3");

        await Many(Users(20)).ToListAsync();

        Assert.NotNull(_engine.Manager.Inspect("3"));
        Assert.All(Enumerable.Range(0, 20).Where(static i => i != 3), i => Assert.Null(_engine.Manager.Inspect($"{i}")));
        Assert.Equal(20, crm.Calls);
    }

    [Fact]
    public async Task EnrichMany_InteractiveCallerTouchedAUser_ItStays()
    {
        var crm = _engine.Add();
        await using var profiles = Many(Users(3)).GetAsyncEnumerator();
        Assert.True(await profiles.MoveNextAsync());
        await Eventually.True(() => _engine.Manager.Inspect("2") is { Slots.Count: 1 } held && !held.Slots["crm"].InFlight);

        await _engine.Manager.EnrichAsync("2");
        Assert.True(await profiles.MoveNextAsync());
        Assert.True(await profiles.MoveNextAsync());
        Assert.False(await profiles.MoveNextAsync());

        Assert.NotNull(_engine.Manager.Inspect("2"));
        Assert.Null(_engine.Manager.Inspect("1"));
        Assert.Equal(3, crm.Calls);
    }

    [Fact]
    public async Task EnrichMany_QueueOfOne_WaitsWhereInteractiveIsRejected()
    {
        _engine.Add(settings: settings => (settings.MaxConcurrency, settings.QueueCapacity) = (1, 1));

        var profiles = await Many(Users(100)).ToListAsync();

        Assert.All(profiles, static profile => Assert.Equal(PluginState.Fresh, profile.Status["crm"].State));
    }

    [Fact]
    public async Task EnrichMany_DeadlinesPassBeforeTheFetches_WaitingRoomsNeverOverflow()
    {
        var crm = _engine.Add(settings: settings => (settings.MaxConcurrency, settings.FetchTimeout) = (1, TimeSpan.FromMinutes(10)));
        crm.Answer = _gate.Pass;
        var options = new BulkOptions { Each = new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(10) } };
        var bulk = Task.Run(async () => await _engine.Manager.EnrichManyAsync(Users(3 * Window), options).ToListAsync());
        await _gate.Arrivals(1);
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Waiting == Window - 1);

        _engine.Time.Advance(TimeSpan.FromMilliseconds(10));
        await Eventually.True(() => Volatile.Read(ref _read) > Window); // places of the call are free again, those of the engine are not
        Assert.Equal(Window - 1, _engine.Manager.GetPluginStatus("crm")!.Waiting);
        crm.Answer = static (request, _) => new(Results.Found(request.UserId));
        _gate.Release(Results.Found());
        var profiles = await bulk;

        Assert.All(profiles, static profile => Assert.NotEqual(PluginState.Rejected, profile.Status["crm"].State));
        Assert.Equal(3 * Window, profiles.Count);
        await Eventually.True(() => Enumerable.Range(0, 3 * Window).All(i => _engine.Manager.Inspect($"{i}") is null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichMany_SourceThrows_DeliversWhatWasReadAndThenThrows(bool asCompleted)
    {
        _engine.Add();
        var seen = 0;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in Many(Users(5, thrown: new InvalidOperationException("the source broke")), asCompleted))
            {
                seen++;
            }
        });

        Assert.Equal(("the source broke", 5), (exception.Message, seen));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichMany_ConsumerStopsEarlyAgainAndAgain_GivesItsPlacesBack(bool asCompleted)
    {
        var crm = _engine.Add();
        for (var round = 0; round < 3 * Window; round++)
        {
            await foreach (var _ in Many(Users(1000), asCompleted))
            {
                break;
            }
        }

        var profiles = await Many(Users(100)).ToListAsync();

        Assert.Equal(100, profiles.Count);
        Assert.All(profiles, static profile => Assert.Equal(profile.UserId, profile.Merged.Demographics!.City));
        await Eventually.True(() => Enumerable.Range(0, 1000).All(i => _engine.Manager.Inspect($"{i}") is null));
        Assert.True(crm.Calls > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichMany_ConsumerStopsWhileFetchesRun_ThoseEndUnseenAndOthersGetTheirOwn(bool asCompleted)
    {
        var crm = _engine.Add(settings: settings => settings.MaxConcurrency = 4);
        crm.Answer = (request, token) => request.UserId == "0" ? new(Results.Found("0")) : _gate.Pass(request, token);
        await foreach (var _ in Many(Users(100), asCompleted))
        {
            break;
        }

        crm.Answer = static (request, _) => new(Results.Found(request.UserId));
        var asking = Enumerable.Range(500, 50).Select(i => _engine.Manager.EnrichAsync($"{i}").AsTask()).ToArray();
        _gate.Release(Results.Found("late"));
        var profiles = await Task.WhenAll(asking);

        Assert.All(profiles, static profile => Assert.Equal(profile.UserId, profile.Merged.Demographics!.City));
        await Eventually.True(() =>
        {
            _gate.Release(Results.Found("late"));
            return _engine.Manager.GetPluginStatus("crm") is { Running: 0, Waiting: 0 };
        });
        Assert.Equal(20, (await Many(Users(20)).ToListAsync()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichMany_TokenCancelledWhileAUserHangs_EndsAtOnce(bool asCompleted)
    {
        var crm = _engine.Add();
        crm.Answer = _gate.Pass;
        using var leave = new CancellationTokenSource();
        var bulk = Task.Run(async () => await Many(Users(100), asCompleted, leave.Token).ToListAsync());
        await _gate.Arrivals(1);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bulk);
        crm.Answer = static (request, _) => new(Results.Found(request.UserId));
        _gate.Release(Results.Found());
        Assert.Equal(20, (await Many(Users(20)).ToListAsync()).Count);
    }

    [Fact]
    public async Task EnrichMany_InsideAnotherOnesLoop_IsNotHeldUpByIt()
    {
        _engine.Add();
        var count = 0;

        await foreach (var _ in Many(Users(3 * Window)))
        {
            count += (await Many(Users(Window)).ToListAsync()).Count;
        }

        Assert.Equal(3 * Window * Window, count);
    }

    [Fact]
    public async Task EnrichMany_SeveralCallsAtOnce_EachGetsItsUsers()
    {
        _engine.Add(settings: settings => settings.MaxConcurrency = 4);

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => await Many(Users(100), asCompleted: i % 2 == 1).ToListAsync())));

        Assert.All(all, static profiles => Assert.Equal(100, profiles.Select(static profile => profile.UserId).Distinct().Count()));
    }

    [Fact]
    public async Task EnrichMany_UserIsInvalid_IsAnArgumentExceptionAfterThoseBefore()
    {
        _engine.Add();
        var seen = 0;

        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var _ in Many(new[] { "a", "b", "", "c" }.ToAsyncEnumerable()))
            {
                seen++;
            }
        });

        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task Prefetch_Users_AreHeldAfterwards()
    {
        var crm = _engine.Add();

        await _engine.Manager.PrefetchAsync(["a", "b", "c"]);

        Assert.True(_engine.Manager.EnrichAsync("b").IsCompletedSuccessfully);
        Assert.Equal(3, crm.Calls);
    }

    [Fact]
    public async Task Prefetch_UserThatOtherBulkWorkTouchesToo_IsHeldAfterwards()
    {
        var crm = _engine.Add();
        crm.Answer = _gate.Pass;
        var bulk = Task.Run(async () => await Many(new[] { "a" }.ToAsyncEnumerable()).ToListAsync());
        await _gate.Arrivals(1);
        var prefetching = _engine.Manager.PrefetchAsync(["a"]).AsTask();

        _gate.Release(Results.Found());
        await bulk;
        await prefetching;

        Assert.NotNull(_engine.Manager.Inspect("a"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private IAsyncEnumerable<EnrichedProfile> Many(IAsyncEnumerable<string> users, bool asCompleted = false, CancellationToken cancellationToken = default) =>
        _engine.Manager.EnrichManyAsync(users, new BulkOptions { AsCompleted = asCompleted }, cancellationToken);

    private async IAsyncEnumerable<string> Users(int count, Exception? thrown = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            Interlocked.Increment(ref _read);
            yield return $"{i}";
        }

        if (thrown is not null)
        {
            throw thrown;
        }
    }
}
