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
        await a.MoveUntil(() => Pauses() is [.., >= 30, >= 30]);

        // The last ones: that the bus has joined wakes it as well, perhaps between the first rounds, and then they begin anew.
        double[] atLeast = [0.5, 1, 2, 4, 8, 16, 30, 30];
        Assert.All(Pauses().TakeLast(atLeast.Length).Zip(atLeast), static pair => Assert.True(pair.First >= pair.Second));

        double[] Pauses() => [.. times.Zip(times.Skip(1), static (first, second) => (second - first).TotalSeconds)];
    }

    [Fact]
    public async Task DropAsync_RedisAway_KnowsNoGenerationUntilItIsConfirmed()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        a.Commands.RefusesWrites = true;

        Assert.False(await a.Bus.DropAsync("crm", default));
        Assert.Null(a.Bus.GenerationOf("crm"));
        Assert.Equal(0, a.Bus.GenerationOf("social"));
        a.Commands.RefusesWrites = false;

        await a.MoveUntil(() => a.Bus.GenerationOf("crm") is 1);
    }

    [Fact]
    public async Task DropAsync_CallerLeaves_GoesOn()
    {
        await using var a = await BusFixture.JoinAsync(_broker);

        await a.Bus.DropAsync("crm", new CancellationToken(canceled: true));

        await Eventually.True(() => a.Bus.GenerationOf("crm") is 1);
    }
}
