using System.Collections.Concurrent;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class RecoveryTests
{
    private readonly FakeBroker _broker = new();

    [Fact]
    public async Task ForgetUnconfirmed_RedisBack_IsErasedPublishedAndNoLongerPending()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);
        a.Commands.Lose();
        a.Eraser.Confirms = _ => a.Commands.IsConnected;
        a.Bus.ForgetUnconfirmed("u");
        Assert.True(a.Bus.IsForgetPending("u"));

        a.Commands.Restore();

        await a.MoveUntil(() => !a.Bus.IsForgetPending("u"));
        await b.HearsAsync("disconnected", "connected", "erased u");
    }

    [Fact]
    public async Task ForgetUnconfirmed_ErasedButNotPublished_StaysPendingAndIsErasedAgain()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        a.Commands.RefusesPublish = true;

        a.Bus.ForgetUnconfirmed("u");
        await a.MoveUntil(() => a.Eraser.Asked.Count >= 2);
        Assert.True(a.Bus.IsForgetPending("u"));
        a.Commands.RefusesPublish = false;

        await a.MoveUntil(() => !a.Bus.IsForgetPending("u"));
    }

    [Fact]
    public async Task ForgetUnconfirmed_OneThatCanNeverBeErased_HoldsNobodyUp()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        a.Eraser.Confirms = static userId => userId != "poison";

        a.Bus.ForgetUnconfirmed("poison");
        a.Bus.ForgetUnconfirmed("u");

        await a.MoveUntil(() => !a.Bus.IsForgetPending("u"));
        Assert.True(a.Bus.IsForgetPending("poison"));
    }

    [Fact]
    public async Task ForgetUnconfirmed_RedisRefuses_IsTriedEverMoreRarely()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        var times = new ConcurrentQueue<DateTimeOffset>();
        a.Eraser.Confirms = _ =>
        {
            times.Enqueue(a.Time.GetUtcNow());
            return false;
        };

        a.Bus.ForgetUnconfirmed("u");
        await a.MoveUntil(() => times.Count == 9);

        var pauses = times.Zip(times.Skip(1), static (first, second) => (second - first).TotalSeconds).ToArray();
        double[] atLeast = [0.5, 1, 2, 4, 8, 16, 30, 30];
        Assert.All(pauses.Zip(atLeast), static pair => Assert.True(pair.First >= pair.Second));
    }

    [Fact]
    public async Task DropAsync_RedisAway_KnowsNoGenerationUntilItIsConfirmed()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        a.Commands.RefusesIncrement = true;

        Assert.False(await a.Bus.DropAsync("crm", default));
        Assert.Null(a.Bus.GenerationOf("crm"));
        Assert.Equal(0, a.Bus.GenerationOf("social"));
        a.Commands.RefusesIncrement = false;

        await a.MoveUntil(() => a.Bus.GenerationOf("crm") is 1);
    }

    [Theory]
    [InlineData(0)] // lost, and not put back so far
    [InlineData(-7)] // written by somebody else
    public async Task DropAsync_RedisCountsFromLessThanIsRemembered_TakesAGenerationThatWasNeverUsed(long there)
    {
        _broker.Generations["crm"] = 5;
        await using var a = await BusFixture.JoinAsync(_broker);
        _broker.Generations["crm"] = there;

        Assert.True(await a.Bus.DropAsync("crm", default));

        Assert.Equal(6, a.Bus.GenerationOf("crm"));
        Assert.Equal(6, _broker.Generations["crm"]);
    }

    [Fact]
    public async Task DropAsync_CallerLeaves_GoesOn()
    {
        await using var a = await BusFixture.JoinAsync(_broker);

        await a.Bus.DropAsync("crm", new CancellationToken(canceled: true));

        await Eventually.True(() => a.Bus.GenerationOf("crm") is 1);
    }
}
