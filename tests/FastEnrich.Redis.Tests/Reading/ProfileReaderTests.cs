using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Tests.Invalidation;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Reading;

public sealed class ProfileReaderTests : IAsyncLifetime
{
    private readonly StoreFixture _fixture = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Read_RedisHasLostItsData_ShowsAnotherErasureAlthoughThereIsNoToken()
    {
        var first = await _fixture.TokenAsync("ann");
        var second = await _fixture.TokenAsync("ann");
        _fixture.Bus.Life++;
        var third = await _fixture.TokenAsync("ann");

        Assert.True(second.IsSameErasure(first));
        Assert.False(third.IsSameErasure(first));
    }

    [Fact]
    public async Task ReadAsync_SomePlugins_AreReadInOneCommandInTheirOrder()
    {
        await _fixture.WriteAsync("ann", Slots.Create("b"), Slots.Create("c"));
        var before = _fixture.Redis.Reads;

        var profile = await _fixture.ReadAsync("ann", "a", "c", "b");

        Assert.Equal([null, "c", "b"], profile.Slots.Select(static slot => slot?.Plugin));
        Assert.Equal(before + 1, _fixture.Redis.Reads);
        Assert.Equal((2, 1), (_fixture.Counts["fastenrich.redis.records hit"], _fixture.Counts["fastenrich.redis.records miss"] - 1));
    }

    [Fact]
    public async Task ReadAsync_OtherPluginsThanBefore_AsksForThose()
    {
        await _fixture.WriteAsync("ann", Slots.Create("a"), Slots.Create("b"));

        Assert.Equal("a", (await _fixture.ReadAsync("ann", "a")).Slots[0]!.Plugin);
        Assert.Equal("b", (await _fixture.ReadAsync("ann", "b")).Slots[0]!.Plugin);
    }

    [Fact]
    public async Task ReadAsync_NotConnected_FailsAtOnce()
    {
        _fixture.Redis.IsConnected = false;

        await Assert.ThrowsAsync<RedisAwayException>(async () => await _fixture.ReadAsync("ann"));
        Assert.Equal(0, _fixture.Redis.Reads);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.reads away"]);
    }

    [Fact]
    public async Task ReadAsync_DeadlinePasses_IsCancelledAndTheLateReplyIsDropped()
    {
        using var deadline = new CancellationTokenSource();
        _fixture.Redis.Hold();
        var read = _fixture.Reader.ReadAsync("ann", ["a"], deadline.Token).AsTask();

        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        _fixture.Redis.Release();
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.reads timeout"]);
        Assert.NotNull(await _fixture.TokenAsync("ann"));
    }

    [Fact]
    public async Task ReadAsync_MoreInFlightThanAllowed_StepAside()
    {
        _fixture.Redis.Hold();
        var reads = Enumerable.Range(0, StoreFixture.MaxReads).Select(_ => _fixture.ReadAsync("ann").AsTask()).ToList();

        await Assert.ThrowsAsync<RedisAwayException>(async () => await _fixture.ReadAsync("ann"));

        _fixture.Redis.Release();
        await Task.WhenAll(reads);
        Assert.Equal(StoreFixture.MaxReads, _fixture.Redis.Reads);
        Assert.NotNull(await _fixture.TokenAsync("ann"));
    }

    [Fact]
    public async Task ReadAsync_CallersLeft_TheirReadsCountUntilRedisAnswers()
    {
        using var deadline = new CancellationTokenSource();
        _fixture.Redis.Hold();
        var reads = Enumerable.Range(0, StoreFixture.MaxReads).Select(_ => _fixture.Reader.ReadAsync("ann", ["a"], deadline.Token).AsTask()).ToList();
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(reads));

        await Assert.ThrowsAsync<RedisAwayException>(async () => await _fixture.ReadAsync("ann"));

        _fixture.Redis.Release();
        await Eventually.True(() => _fixture.ReadAsync("ann").AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task ReadAsync_RedisKeepsFailing_IsAskedOnceASecondUntilItAnswers()
    {
        _fixture.Redis.Failure = new TimeoutException("late");
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await _fixture.ReadAsync("ann"));
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(3, _fixture.Redis.Reads);
        _fixture.Redis.Failure = null;
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _fixture.TokenAsync("ann"));
        Assert.False(_fixture.Breakers.IsOpen);
    }

    [Fact]
    public async Task ReadAsync_OneNodeHangs_ItsSlotsAreAskedForOnceASecondAndTheOthersAlways()
    {
        await _fixture.WriteAsync("bob", Slots.Create("hubspot"));
        var (ann, bob) = (_fixture.Keys.Of("ann"), _fixture.Keys.Of("bob"));
        (_fixture.Redis.HashSlots[ann], _fixture.Redis.HashSlots[bob]) = (0, 16383);
        (_fixture.Redis.Failure, _fixture.Redis.Fails) = (new TimeoutException("late"), key => key == ann);
        var reads = _fixture.Redis.Reads;
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await _fixture.ReadAsync("ann"));
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(reads + 3, _fixture.Redis.Reads);
        Assert.True(_fixture.Breakers.IsOpen);
        Assert.NotNull((await _fixture.ReadAsync("bob")).Slots[0]);
        await Assert.ThrowsAsync<RedisAwayException>(async () => await _fixture.ReadAsync("ann")); // the answer for another node says nothing of this one
    }

    [Fact]
    public async Task ReadAsync_KeyOfAnotherType_IsAMissThatAllowsNoWriteAndTheOthersAreRead()
    {
        await _fixture.WriteAsync("bob", Slots.Create("hubspot"));
        _fixture.Redis.Failure = new RedisServerException(RedisErrorKind.WrongType, CommandFlags.None, "WRONGTYPE");
        _fixture.Redis.Fails = key => key == _fixture.Keys.Of("ann");
        for (var i = 0; i < 20; i++)
        {
            var profile = await _fixture.ReadAsync("ann");
            Assert.Equal((null, null), (profile.EraseToken, Assert.Single(profile.Slots)));
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.False(_fixture.Breakers.IsOpen);
        Assert.NotNull((await _fixture.ReadAsync("bob")).Slots[0]);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000_000, false)]
    public async Task ReadAsync_EraseTokenOfAnyLength_IsKeptOnlyAsLongAsOurs(int length, bool isOurs)
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        _fixture.Redis.Set("fe:1:{ann}", "!", new byte[length]);

        var profile = await _fixture.ReadAsync("ann");

        Assert.Equal((isOurs, isOurs), (profile.EraseToken is not null, profile.Slots[0] is not null));
    }

    [Fact]
    public async Task ReadAsync_OneNodeIsAway_ItsUsersAreAskedForOnceASecondAndTheOthersAlways()
    {
        await _fixture.WriteAsync("bob", Slots.Create("hubspot"));
        _fixture.Redis.Away.Add("fe:1:{ann}");
        var reads = _fixture.Redis.Reads;
        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await _fixture.ReadAsync("ann"));
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(reads + 5, _fixture.Redis.Reads);
        Assert.NotNull((await _fixture.ReadAsync("bob")).Slots[0]);
        _fixture.Redis.Away.Clear();
        Assert.NotNull(await _fixture.TokenAsync("ann"));
    }

    [Fact]
    public async Task ReadAsync_ForgetIsPending_ReadsNothingAndAllowsNoWrite()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        _fixture.Bus.ForgetUnconfirmed("ann");

        var profile = await _fixture.ReadAsync("ann");

        Assert.Null(profile.EraseToken);
        Assert.Null(Assert.Single(profile.Slots));
    }

    [Fact]
    public async Task ReadAsync_AnotherGeneration_IsAMiss()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        _fixture.Bus.Generation = 1;

        Assert.Null((await _fixture.ReadAsync("ann")).Slots[0]);
        Assert.Equal(1, _fixture.Counts["fastenrich.redis.records unusable"]);
    }

    [Fact]
    public async Task ReadAsync_GenerationIsNotKnown_IsAMiss()
    {
        await _fixture.WriteAsync("ann", Slots.Create("hubspot"));
        _fixture.Bus.Generation = null;

        Assert.Null((await _fixture.ReadAsync("ann")).Slots[0]);
    }

    [Fact]
    public async Task ReadAsync_TokenThatIsNotOurs_AllowsNoWrite()
    {
        _fixture.Redis.Set("fe:1:{ann}", "!", new byte[1000]);

        Assert.Null((await _fixture.ReadAsync("ann")).EraseToken);
    }
}
