using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

[Collection(nameof(Alone))]
public sealed class HungUpstreamSoakTests : IAsyncLifetime
{
    private const int Permits = 8;
    private const int Queue = 64;

    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task EnrichAsync_HundredThousandUsersOfAHungUpstream_HoldsNoMoreThanPermitsAndQueue()
    {
        var crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.QueueCapacity) = (Permits, Queue));
        crm.Answer = static (_, _) => new(new TaskCompletionSource<EnrichmentResult>().Task);
        _engine.Options.Engine.L1.MaxEntries = 100;
        _engine.Options.Engine.Timeout = TimeSpan.FromSeconds(1);

        await Ask(0, 1_000);
        var early = Heap();
        await Ask(1_000, 100_000);
        var late = Heap();

        Assert.True(late <= 1.2 * early, $"the heap grew from {early} to {late} bytes");
    }

    [Fact]
    public async Task Fetch_AnswersAndBudgetsCross_EveryCallerIsAnsweredWithItsOwn()
    {
        const int calls = 64;
        var answers = new System.Collections.Concurrent.ConcurrentStack<(TaskCompletionSource<EnrichmentResult> Source, string User)>();
        var crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.FetchTimeout) = (calls, TimeSpan.FromMilliseconds(1)));
        crm.Answer = (request, _) =>
        {
            var source = new TaskCompletionSource<EnrichmentResult>(); // ends the flight on the answering thread
            answers.Push((source, request.UserId));
            return new(source.Task);
        };
        _engine.Options.Engine.L1.MaxEntries = 100;
        using var start = new Barrier(2);

        for (var round = 0; round < 1_000; round++)
        {
            await CloseBreaker(crm, round);
            var users = Enumerable.Range(0, calls).Select(i => $"{round}/{i}").ToArray();
            var asking = users.Select(user => _engine.Manager.EnrichAsync(user, new EnrichOptions { Deadline = TimeSpan.FromHours(1) }).AsTask()).ToArray();
            await Eventually.True(() => answers.Count == calls);
            var answering = Task.Run(() =>
            {
                start.SignalAndWait();
                while (answers.TryPop(out var answer))
                {
                    answer.Source.SetResult(Results.Found(answer.User));
                }
            });
            start.SignalAndWait();
            _engine.Time.Advance(TimeSpan.FromMilliseconds(1));
            await answering;
            var profiles = await Task.WhenAll(asking).WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Equal(users, profiles.Select(static profile => profile.UserId));
            Assert.All(profiles, static profile => Assert.Equal(profile.Merged.Demographics?.City ?? profile.UserId, profile.UserId));
            await Eventually.True(() => _engine.Manager.GetPluginStatus("crm") is { Running: 0, Hung: 0 });
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Most calls of some rounds time out; the race goes on all the same.</summary>
    private async Task CloseBreaker(FakePlugin crm, int round)
    {
        var racing = crm.Answer;
        crm.Answer = static (_, _) => new(Results.Found());
        for (var probe = 0; _engine.Manager.GetPluginStatus("crm") is { BreakerOpen: true } && probe < 1_000; probe++)
        {
            _engine.Time.Advance(TimeSpan.FromSeconds(6));
            await _engine.Manager.EnrichAsync($"probe {round}/{probe}");
        }

        crm.Answer = racing;
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task Ask(int from, int to)
    {
        var asking = new List<Task>();
        for (var user = from; user < to; user++)
        {
            asking.Add(_engine.Manager.EnrichAsync($"user {user}").AsTask());
            if (asking.Count < 250)
            {
                continue;
            }

            var status = _engine.Manager.GetPluginStatus("crm")!;
            await Eventually.True(() => asking.Count(static task => !task.IsCompleted) <= (Permits * 3) + Queue); // three instances at most; refused callers go on via the pool
            Assert.InRange(status.Running + status.Waiting, 0, (Permits * 3) + Queue);
            _engine.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(asking);
            asking.Clear();
        }
    }
}
