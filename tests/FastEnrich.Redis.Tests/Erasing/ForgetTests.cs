using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Erasing;

public sealed class ForgetTests : IAsyncLifetime
{
    private readonly StoreFixture _fixture = new();
    private readonly RedisProfileStore _store;

    public ForgetTests() => _store = _fixture.CreateStore();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task ForgetAsync_EverythingOfTheUser_IsGoneAndTheOthersAreTold()
    {
        await _fixture.WriteAsync("ann", Slots.Create("a"), Slots.Create("b"));

        Assert.Equal((true, true), await _store.ForgetAsync("ann", CancellationToken.None));
        Assert.Equal(["fe:1:{ann} !"], _fixture.Redis.Fields);
        Assert.Equal(["erased ann"], _fixture.Bus.Published);
        Assert.Empty(_fixture.Bus.Pending);
    }

    [Fact]
    public async Task ForgetAsync_Twice_ChangesTheTokenEachTime()
    {
        await _store.ForgetAsync("ann", CancellationToken.None);
        var first = _fixture.Redis.Get("fe:1:{ann}", "!");
        await _store.ForgetAsync("ann", CancellationToken.None);

        Assert.NotEqual(first, _fixture.Redis.Get("fe:1:{ann}", "!"));
    }

    [Fact]
    public async Task ForgetAsync_Token_OutlivesEveryFlightAndWriter()
    {
        await _store.ForgetAsync("ann", CancellationToken.None);

        Assert.True(_fixture.Redis.LifeOf("fe:1:{ann}") > ProfileWriter.MaxFlightLife + TimeSpan.FromMinutes(15.5));
    }

    [Fact]
    public async Task ForgetAsync_WhatWaitsToBeWritten_IsNotWritten()
    {
        var token = await _fixture.TokenAsync("ann");
        _fixture.Redis.IsConnected = false;
        _fixture.Enqueue("ann", token, Slots.Create("a"));

        await _store.ForgetAsync("ann", CancellationToken.None);

        Assert.Equal(0, _fixture.Writer.Queued);
    }

    [Theory]
    [InlineData(RedisErrorKind.OutOfMemory)]
    [InlineData(RedisErrorKind.ReadOnly)]
    [InlineData(RedisErrorKind.Loading)]
    [InlineData(RedisErrorKind.NoPermission)]
    public async Task ForgetAsync_ServerRefuses_IsNotConfirmedAndKept(RedisErrorKind kind)
    {
        _fixture.Redis.Failure = new RedisServerException(kind, CommandFlags.None, "no, not fe:1:{ann}");

        Assert.Equal((false, true), await _store.ForgetAsync("ann", CancellationToken.None));
        Assert.Equal((false, true), await _store.ForgetAsync("ann", CancellationToken.None));
        Assert.Equal(["ann"], _fixture.Bus.Pending);
        Assert.Equal($"Redis refuses erasures ({kind}); forgets are not complete until it takes them. ", Assert.Single(_fixture.Logger.Lines));
    }

    [Fact]
    public async Task ForgetAsync_ServerTakesThemAgain_IsLogged()
    {
        _fixture.Redis.Failure = new RedisServerException(RedisErrorKind.Loading, CommandFlags.None, "LOADING");
        await _store.ForgetAsync("ann", CancellationToken.None);
        _fixture.Redis.Failure = null;
        await _store.ForgetAsync("ann", CancellationToken.None);

        Assert.Equal(["RedisErasuresFail", "RedisErasuresSucceed"], _fixture.Logger.Events);
    }

    [Fact]
    public async Task ForgetAsync_OthersCannotBeTold_IsKept()
    {
        _fixture.Bus.IsReachable = false;

        Assert.Equal((true, false), await _store.ForgetAsync("ann", CancellationToken.None));
        Assert.Equal(["ann"], _fixture.Bus.Pending);
    }

    [Fact]
    public async Task ForgetAsync_CallerLeaves_IsKept()
    {
        using var caller = new CancellationTokenSource();
        _fixture.Redis.Hold();
        var forgetting = _store.ForgetAsync("ann", caller.Token).AsTask();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgetting);
        Assert.Equal(["ann"], _fixture.Bus.Pending);
        _fixture.Redis.Release();
    }
}
