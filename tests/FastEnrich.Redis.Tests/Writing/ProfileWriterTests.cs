using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Tests.Invalidation;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Writing;

public sealed class ProfileWriterTests : IAsyncLifetime
{
    private readonly StoreFixture _fixture = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Write_WhereNothingIs_TellsNobody()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));

        Assert.Equal(["fe:1:{ann} hubspot"], _fixture.Redis.Fields);
        Assert.Empty(_fixture.Bus.Published);
    }

    [Fact]
    public async Task Write_OverAnOlderOne_TellsTheOthersWhichAfterwards()
    {
        await _fixture.WriteAsync("ann", Slots.Create("a"));
        var token = await _fixture.TokenAsync("ann");
        await using (var blocked = new Blocked(_fixture))
        {
            _fixture.Enqueue("ann", token, Slots.Create("a", Slots.Now.AddSeconds(1)));
            _fixture.Enqueue("ann", token, Slots.Create("b"));
        }

        await Eventually.True(() => !_fixture.Bus.Published.IsEmpty);
        Assert.Equal(["changed ann a"], _fixture.Bus.Published);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_FailedOrRefused_TellsNobody(bool isRefused)
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        var token = await _fixture.TokenAsync("ann");
        if (isRefused)
        {
            await _fixture.Eraser.EraseAsync("ann", CancellationToken.None);
        }
        else
        {
            _fixture.Redis.Failure = new TimeoutException("late");
        }

        _fixture.Enqueue("ann", token, Slots.Create("hubspot", Slots.Now.AddSeconds(1)));
        await _fixture.WrittenAsync();
        await _fixture.StopAsync();

        Assert.Equal(1, _fixture.Counts[isRefused ? "fastenrich.redis.writes refused" : "fastenrich.redis.writes failed"]);
        Assert.Empty(_fixture.Bus.Published);
    }

    [Fact]
    public async Task Write_OlderThanWhatIsThere_IsNotDoneAndTheOwnMemoryIsToldOfTheNewer()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        await _fixture.WriteAsync("ann", Slots.Create("hubspot", Slots.Now.AddSeconds(-1)));

        Assert.Equal(Slots.Now, (await _fixture.ReadAsync("ann")).Slots[0]!.FetchedAt);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.writes kept"]);
        await Eventually.True(() => !_fixture.Bus.Published.IsEmpty);
        Assert.Equal(["superseded ann hubspot"], _fixture.Bus.Published);
    }

    [Fact]
    public async Task Write_OfTheSameTickOfTheClock_IsDoneUnlessItIsTheSameRecord()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        await _fixture.WriteAsync("ann", Slots.Create("hubspot", bytes: 50));

        Assert.Equal(50, (await _fixture.ReadAsync("ann")).Slots[0]!.Payload.Length);
        Assert.Equal((1, 2), (_fixture.Counts["fastenrich.redis.writes kept"], _fixture.Counts["fastenrich.redis.writes written"]));
    }

    [Fact]
    public async Task Write_OverOneFromAWrongClock_IsDone()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot", Slots.Now.AddMinutes(2)));
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));

        Assert.Equal(Slots.Now, (await _fixture.ReadAsync("ann")).Slots[0]!.FetchedAt);
    }

    [Fact]
    public async Task Write_AfterAnErasure_IsRefused()
    {
        var token = await _fixture.TokenAsync("ann");
        await _fixture.Eraser.EraseAsync("ann", CancellationToken.None);
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));
        await _fixture.WrittenAsync();

        Assert.Equal(["fe:1:{ann} !"], _fixture.Redis.Fields);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.writes refused"]);
    }

    [Fact]
    public async Task Write_OfAFlightThatReadAfterTheErasure_IsDone()
    {
        await _fixture.Eraser.EraseAsync("ann", CancellationToken.None);
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));

        Assert.NotNull((await _fixture.ReadAsync("ann")).Slots[0]);
    }

    [Fact]
    public async Task Write_LongAfterItsRead_IsRefused_BecauseATokenMayBeGoneByThen()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Time.Advance(ProfileWriter.MaxFlightLife + TimeSpan.FromSeconds(1));
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));
        await _fixture.WrittenAsync();

        Assert.Empty(_fixture.Redis.Fields);
    }

    [Fact]
    public async Task Write_OfAFlightThatBeganBeforeADrop_IsRefused()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Bus.Epoch++;
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));
        await _fixture.WrittenAsync();

        Assert.Empty(_fixture.Redis.Fields);
    }

    [Fact]
    public async Task Write_TimedOutAndDoneLater_ChangesNothingThatIsNewer()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot", Slots.Now.AddSeconds(-1)));
        var late = WriteScript.Arguments("", Slots.Now.UtcTicks, Slots.Now.AddHours(1).UtcTicks, [("hubspot", _fixture.Redis.Get("fe:1:{ann}", "hubspot")!)]);
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));

        Assert.Equal("0", (string?)await _fixture.Redis.EvaluateAsync(WriteScript.Text, "fe:1:{ann}", late));
        await _fixture.Eraser.EraseAsync("ann", CancellationToken.None);
        Assert.Equal(WriteScript.Refused, (string?)await _fixture.Redis.EvaluateAsync(WriteScript.Text, "fe:1:{ann}", late));
    }

    [Fact]
    public async Task Write_ShorterLived_DoesNotShortenTheOthers()
    {
        await _fixture.WriteAsync("ann", Slots.Create("long"));
        await _fixture.WriteAsync("ann", Slots.Create("short") with { GoneAt = Slots.Now.AddHours(1) });

        Assert.Equal(TimeSpan.FromHours(24), _fixture.Redis.LifeOf("fe:1:{ann}"));
    }

    [Fact]
    public async Task Write_TooLarge_IsCountedAndTheOthersAreDone()
    {
        await _fixture.WriteAsync("ann", Slots.Create("large", bytes: 2 * StoreFixture.MaxRecordBytes), Slots.Create("small"));

        Assert.Equal(["fe:1:{ann} small"], _fixture.Redis.Fields);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.writes oversize"]);
    }

    [Fact]
    public async Task Queue_OneUser_IsWrittenByOneScriptWithTheNewestOfEachPlugin()
    {
        var token = await _fixture.TokenAsync("ann");
        await using (var blocked = new Blocked(_fixture))
        {
            _fixture.Enqueue("ann", token, Slots.Create("a", Slots.Now.AddSeconds(2)));
            _fixture.Enqueue("ann", token, Slots.Create("a", Slots.Now.AddSeconds(1)));
            _fixture.Enqueue("ann", token, Slots.Create("b"));
        }

        Assert.Equal(2, _fixture.Redis.Scripts);
        Assert.Equal(Slots.Now.AddSeconds(2), (await _fixture.ReadAsync("ann", "a")).Slots[0]!.FetchedAt);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.writes merged"]);
    }

    [Fact]
    public async Task Queue_ErasedInBetween_KeepsWhatTheLaterReadAllows()
    {
        var before = await _fixture.TokenAsync("ann");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await _fixture.Eraser.EraseAsync("ann", CancellationToken.None);
        var after = await _fixture.TokenAsync("ann");
        await using (var blocked = new Blocked(_fixture))
        {
            _fixture.Enqueue("ann", before, Slots.Create("old"));
            _fixture.Enqueue("ann", after, Slots.Create("new"));
            _fixture.Enqueue("ann", before, Slots.Create("old"));
        }

        Assert.Equal(["fe:1:{ann} !", "fe:1:{ann} new"], _fixture.Redis.Fields.Where(static field => field.Contains("ann")));
    }

    [Fact]
    public async Task Queue_Full_DropsAndCounts()
    {
        var token = await _fixture.TokenAsync("ann");
        await using (var blocked = new Blocked(_fixture))
        {
            var added = Enumerable.Range(0, StoreFixture.QueueCapacity + 3).Count(i => _fixture.Enqueue($"user{i}", token, Slots.Create("a")));

            Assert.Equal(StoreFixture.QueueCapacity, added);
        }

        Assert.Equal(3, _fixture.Counts["fastenrich.redis.writes dropped"]);
    }

    [Fact]
    public async Task Queue_FullOfBytes_DropsAndCountsThoughItHasPlaces()
    {
        var (token, payload) = (await _fixture.TokenAsync("ann"), new byte[5 * 1024 * 1024]);
        await using (var blocked = new Blocked(_fixture))
        {
            var large = Slots.Create("a") with { Payload = payload };
            var added = Enumerable.Range(0, StoreFixture.QueueCapacity).Count(i => _fixture.Enqueue($"user{i}", token, large));

            Assert.Equal(12, added); // of 64 MiB
            Assert.Equal(12, _fixture.Writer.Queued);
        }

        Assert.Equal(StoreFixture.QueueCapacity - 12, _fixture.Counts["fastenrich.redis.writes dropped"]);
        Assert.True(_fixture.Enqueue("ann", token, Slots.Create("a")));
    }

    [Fact]
    public async Task Queue_Discarded_IsNotWritten()
    {
        var token = await _fixture.TokenAsync("ann");
        await using (var blocked = new Blocked(_fixture))
        {
            _fixture.Enqueue("ann", token, Slots.Create("a"));
            _fixture.Writer.Discard("ann");
            Assert.Equal(0, _fixture.Writer.Queued);
        }

        Assert.DoesNotContain("fe:1:{ann} a", _fixture.Redis.Fields);
    }

    [Fact]
    public async Task WaitForRoomAsync_QueueIsFull_EndsWhenThereIsRoom()
    {
        var token = await _fixture.TokenAsync("ann");
        Task waiting;
        await using (var blocked = new Blocked(_fixture))
        {
            Assert.True(_fixture.Writer.WaitForRoomAsync(CancellationToken.None).IsCompleted);
            Enumerable.Range(0, StoreFixture.QueueCapacity).All(i => _fixture.Enqueue($"user{i}", token, Slots.Create("a")));
            waiting = _fixture.Writer.WaitForRoomAsync(CancellationToken.None).AsTask();
            Assert.False(waiting.IsCompleted);
        }

        await waiting;
    }

    [Fact]
    public async Task WaitForRoomAsync_RedisGoesAway_EndsAtOnce()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Redis.IsConnected = false;
        Enumerable.Range(0, StoreFixture.QueueCapacity).All(i => _fixture.Enqueue($"user{i}", token, Slots.Create("a")));

        Assert.True(_fixture.Writer.WaitForRoomAsync(CancellationToken.None).IsCompleted);
        await _fixture.AsTimeGoesOn(() => _fixture.Counts["fastenrich.redis.writes expired"] == StoreFixture.QueueCapacity);
        Assert.Equal(0, _fixture.Redis.Scripts);
    }

    [Fact]
    public async Task Connection_BackWithinHalfAMinute_WhatWaitsIsWritten()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Redis.IsConnected = false;
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));
        _fixture.Redis.IsConnected = true;

        await _fixture.AsTimeGoesOn(() => _fixture.Counts["fastenrich.redis.writes written"] == 1);
    }

    [Fact]
    public async Task Server_RefusesWrites_IsLoggedOnceAndNotHammered_UntilItTakesThem()
    {
        _fixture.Redis.Failure = new RedisServerException(RedisErrorKind.OutOfMemory, CommandFlags.None, "OOM command not allowed, key fe:1:{ann}");
        for (var i = 0; i < 5; i++)
        {
            _fixture.Enqueue($"user{i}", _fixture.Unerased, Slots.Create("hubspot"));
            await _fixture.AsTimeGoesOn(() => _fixture.Counts["fastenrich.redis.writes failed"] == i + 1);
        }

        _fixture.Redis.Failure = null;
        _fixture.Enqueue("ann", _fixture.Unerased, Slots.Create("hubspot"));
        await _fixture.AsTimeGoesOn(() => _fixture.Logger.Events.Contains("RedisWritesSucceed"));
        Assert.Equal(["RedisWritesFail", "RedisWritesSucceed"], _fixture.Logger.Events);
        Assert.DoesNotContain(_fixture.Logger.Lines, static line => line.Contains("ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DisposeAsync_WhatWaits_IsWritten()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));

        await _fixture.Writer.DisposeAsync();

        Assert.Equal(["fe:1:{ann} hubspot"], _fixture.Redis.Fields);
        Assert.False(_fixture.Enqueue("ann", token, Slots.Create("hubspot")));
    }

    [Fact]
    public async Task DisposeAsync_RedisHangs_EndsAfterTwoSeconds()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Redis.Hold();
        _fixture.Enqueue("ann", token, Slots.Create("hubspot"));
        await Eventually.True(() => _fixture.Redis.Scripts == 1);

        var disposing = _fixture.Writer.DisposeAsync().AsTask();

        Assert.False(disposing.IsCompleted);
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));
        await disposing;
        _fixture.Redis.Release();
    }

    /// <summary>Holds the writer in a script of another user, so that what is queued meanwhile waits; then lets it go on.</summary>
    private sealed class Blocked : IAsyncDisposable
    {
        private readonly StoreFixture _fixture;

        public Blocked(StoreFixture fixture)
        {
            _fixture = fixture;
            fixture.Redis.Hold();
            var scripts = fixture.Redis.Scripts;
            fixture.Enqueue("blocker", fixture.Unerased, Slots.Create("x"));
            Assert.True(SpinWait.SpinUntil(() => fixture.Redis.Scripts > scripts, TimeSpan.FromSeconds(30)));
        }

        public async ValueTask DisposeAsync()
        {
            _fixture.Redis.Release();
            await _fixture.WrittenAsync();
        }
    }
}
