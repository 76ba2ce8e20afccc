using System.Security.Cryptography;
using CsCheck;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class InvalidationBusTests
{
    private readonly FakeBroker _broker = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Start_RedisAway_SaysThatMessagesMayBeMissedAndKnowsNoGeneration()
    {
        await using var a = new BusFixture(_broker);
        a.Commands.Lose();

        a.Bus.Start(a.Listener);

        await a.HearsAsync("disconnected");
        Assert.Null(a.Bus.GenerationOf("crm"));
    }

    [Fact]
    public async Task Start_RedisComesLater_ReadsTheGenerationsBeforeItSaysConnected()
    {
        await using var a = new BusFixture(_broker);
        _broker.Generations["crm"] = 7;
        a.Commands.Lose();
        a.Bus.Start(a.Listener);
        long? atConnected = null;
        a.Listener.OnCall = () => atConnected = a.Bus.GenerationOf("crm");

        a.Commands.Restore();

        await a.HearsAsync("disconnected", "connected");
        Assert.Equal(7, atConnected);
    }

    [Fact]
    public async Task Publish_ChangedErasedDropped_ReachesTheOtherInOrderAndNotItself()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);

        await a.Bus.PublishChangedAsync("ü 1", ["crm", "social"]);
        Assert.True(await a.Bus.PublishErasedAsync("ü 1"));
        Assert.True(await a.Bus.DropAsync("crm", default));

        await b.HearsAsync("disconnected", "connected", "changed ü 1 crm,social", "erased ü 1", "dropped crm");
        await a.HearsAsync("disconnected", "connected");
    }

    [Fact]
    public async Task Superseded_TellsTheOwnListenerAndNobodyElse()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);

        a.Bus.Superseded("u", ["crm"]);
        await a.Bus.PublishErasedAsync("last");

        await a.HearsAsync("disconnected", "connected", "changed u crm");
        await b.HearsAsync("disconnected", "connected", "erased last");
    }

    [Fact]
    public async Task Publish_Sealed_OnlyWhoHasTheKeyLearnsTheUser()
    {
        var seal = new UserSeal(RandomNumberGenerator.GetBytes(32));
        await using var a = await BusFixture.JoinAsync(_broker, seal: seal);
        await using var b = await BusFixture.JoinAsync(_broker, seal: seal);
        await using var stranger = await BusFixture.JoinAsync(_broker, seal: new UserSeal(RandomNumberGenerator.GetBytes(32)));

        await a.Bus.PublishErasedAsync("u");
        await a.Bus.DropAsync("last", default);

        await b.HearsAsync("disconnected", "connected", "erased u", "dropped last");
        await stranger.HearsAsync("disconnected", "connected", "dropped last");
    }

    [Fact]
    public async Task Receive_AnyBytes_AreIgnored()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);

        Gen.Byte.Array[0, 300].Sample(bytes => b.Commands.Deliver(bytes), iter: 2_000);
        await a.Bus.PublishErasedAsync("u");

        await b.HearsAsync("disconnected", "connected", "erased u");
    }

    [Fact]
    public async Task Receive_UserThatIsNone_IsIgnored()
    {
        await using var a = await BusFixture.JoinAsync(_broker);

        a.Commands.Deliver(new BusMessage(MessageKind.Erased, 1, 0, new byte[] { 0xFF, 0xFE }, []).Encode());
        a.Commands.Deliver(new BusMessage(MessageKind.Erased, 1, 0, new byte[600], []).Encode());
        a.Commands.Deliver(new BusMessage(MessageKind.Erased, 1, 0, "u"u8.ToArray(), []).Encode());

        await a.HearsAsync("disconnected", "connected", "erased u");
    }

    [Fact]
    public async Task Receive_MoreThanFits_IsOneGapAndNotALoss()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        using var hold = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        a.Listener.OnCall = () =>
        {
            held.Set();
            hold.Wait();
        };
        var message = new BusMessage(MessageKind.Erased, 1, 0, "u"u8.ToArray(), []).Encode();
        a.Commands.Deliver(message);
        await Eventually.True(() => held.IsSet); // from here on nothing is taken out

        for (var i = 0; i < Inbox.Capacity + 10; i++)
        {
            a.Commands.Deliver(message);
        }

        hold.Set();
        await Eventually.True(() => a.Listener.Heard is [_, _, .., "connected"]);
        Assert.Equal(["disconnected", "connected"], a.Listener.Heard.TakeLast(2));
        Assert.Equal(2, a.Listener.Heard.Count(static what => what == "disconnected"));
    }

    [Fact]
    public async Task Lost_AndRestored_IsSaidOnceEachAndGenerationsAreReadAgain()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        a.Commands.Lose();
        await a.HearsAsync("disconnected", "connected", "disconnected");
        Assert.Null(a.Bus.GenerationOf("crm"));
        _broker.Generations["crm"] = 3;

        a.Commands.Restore();

        await a.HearsAsync("disconnected", "connected", "disconnected", "dropped crm", "connected"); // before anything held can be confirmed by a later record
        Assert.Equal(3, a.Bus.GenerationOf("crm"));
        Assert.Equal(2, a.Commands.Subscriptions); // it may be another primary's connection
    }

    [Fact]
    public async Task Silence_ConnectionOpenInNameOnly_IsAGapAfterThreeSecondsAndSubscribesAnew()
    {
        await using var a = await BusFixture.JoinAsync(_broker, _time);
        a.Commands.IsDeaf = true;

        var silence = await a.TimeUntil(() => a.Listener.Heard.Length == 3);
        a.Commands.IsDeaf = false;
        await a.MoveUntil(() => a.Listener.Heard.Length == 4);

        Assert.Equal(["disconnected", "connected", "disconnected", "connected"], a.Listener.Heard);
        Assert.True(a.Commands.Subscriptions > 1);
        Assert.InRange(silence, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)); // the half second in which it last heard something does not count
    }

    [Fact]
    public async Task Silence_NobodyHasAnythingToSay_IsNoGap()
    {
        await using var a = await BusFixture.JoinAsync(_broker, _time);
        var published = a.Commands.Published;

        await a.TimeUntil(() => a.Commands.Published >= published + 5);

        await a.HearsAsync("disconnected", "connected");
    }

    [Fact]
    public async Task Dropped_UntilTheGenerationIsReadAgain_IsNotKnown()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);
        long? whenTold = 0;
        b.Listener.OnCall = () => whenTold = b.Bus.GenerationOf("crm");
        var epoch = b.Bus.Epoch;

        await a.Bus.DropAsync("crm", default);

        await Eventually.True(() => b.Bus.GenerationOf("crm") == 1);
        Assert.Null(whenTold);
        Assert.NotEqual(epoch, b.Bus.Epoch);
        Assert.Equal(1, a.Bus.GenerationOf("crm"));
    }

    [Fact]
    public async Task Dropped_ByWhoeverCanPublish_MovesNoGeneration()
    {
        await using var a = await BusFixture.JoinAsync(_broker);

        a.Commands.Deliver(new BusMessage(MessageKind.Dropped, 1, long.MaxValue, default, ["crm"]).Encode());

        await a.HearsAsync("disconnected", "connected", "dropped crm");
        await Eventually.True(() => a.Bus.GenerationOf("crm") == 0);
    }

    [Fact]
    public async Task Reread_MessageOfADropWasLost_TakesTheNewGenerationAndSaysSoWithinFifteenSeconds()
    {
        await using var a = await BusFixture.JoinAsync(_broker, _time);

        _broker.Generations["crm"] = 4;
        var lost = await a.TimeUntil(() => a.Bus.GenerationOf("crm") == 4);

        await a.HearsAsync("disconnected", "connected", "dropped crm");
        Assert.InRange(lost, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(16)); // seldom enough to cost nothing
    }

    [Fact]
    public async Task Publish_FailsAfterItsPatience_IsNobodysUnobservedException()
    {
        await using var a = await BusFixture.JoinAsync(_broker, _time);
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs late) => unobserved += late.Exception.Message.Contains("much later") ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Count;

        await PublishLateAsync(a);
        for (var i = 0; i < 3; i++)
        {
            await Task.Yield(); // another frame, whose slots hold nothing
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= Count;
        Assert.Equal(0, unobserved);
    }

    [Theory]
    [InlineData(null)] // lost
    [InlineData(4L)] // an older copy of Redis took over
    public async Task Join_RedisIsBehindWhatWasSeen_BeginsAnew(long? drops)
    {
        _broker.Generations["crm"] = 5;
        await using var a = await BusFixture.JoinAsync(_broker);
        var (life, epoch) = (a.Bus.Life, a.Bus.Epoch);
        a.Commands.Lose();
        _broker.Generations.Clear();
        if (drops is { } older)
        {
            (_broker.Generations["crm"], _broker.Generations[Generations.Beginning]) = (older, life);
        }

        a.Commands.Restore();

        await Eventually.True(() => a.Listener.Heard.Length == 4);
        Assert.Equal([Generations.Beginning], _broker.Generations.Keys);
        Assert.True(_broker.Generations[Generations.Beginning] > life);
        Assert.Equal(a.Bus.Life, _broker.Generations[Generations.Beginning]);
        Assert.NotEqual(epoch, a.Bus.Epoch); // a write that was queued before does not find the erase token that would refuse it
        Assert.NotInRange(a.Bus.GenerationOf("crm")!.Value, 0, 5);
    }

    [Fact]
    public async Task Drop_RedisHasLostTheGenerations_IsLikeNoneBeforeEverywhere()
    {
        _broker.Generations["crm"] = 5;
        await using var a = await BusFixture.JoinAsync(_broker);
        await using var b = await BusFixture.JoinAsync(_broker);
        _broker.Generations.Clear(); // and what the records of before carry is still there

        Assert.True(await a.Bus.DropAsync("crm", default));

        await Eventually.True(() => a.Bus.GenerationOf("crm") is not null && a.Bus.GenerationOf("crm") == b.Bus.GenerationOf("crm"));
        Assert.NotInRange(a.Bus.GenerationOf("crm")!.Value, 0, 6);
    }

    [Fact]
    public async Task Drop_AnotherHasBegunAnewMeanwhile_IsCountedThereAndReadAgain()
    {
        await using var a = await BusFixture.JoinAsync(_broker);
        _broker.Begin(2L << 32);
        _broker.Generations["social"] = 7;

        Assert.True(await a.Bus.DropAsync("crm", default));

        await Eventually.True(() => a.Bus.GenerationOf("social") is 7);
        Assert.Equal((1, 2L << 32), (a.Bus.GenerationOf("crm"), a.Bus.Life));
    }

    [Fact]
    public async Task Join_RedisRefusesToBegin_IsJoinedNeverthelessAndTakesTheBeginningOfAnother()
    {
        _broker.Generations.Clear();
        await using var a = new BusFixture(_broker) { Commands = { RefusesWrites = true } };
        a.Bus.Start(a.Listener);

        await a.HearsAsync("disconnected", "connected");
        Assert.NotNull(a.Bus.GenerationOf("crm"));
        var life = a.Bus.Life;
        await a.TimeUntil(() => a.Commands.Reads > 1);
        Assert.Equal(life, a.Bus.Life);
        _broker.Begin(1);
        await a.TimeUntil(() => a.Bus.Life == 1);
    }

    [Fact]
    public async Task Join_SeveralAtOnceOnAnEmptyRedis_AreOfOneGeneration()
    {
        _broker.Generations.Clear();
        var reading = new TaskCompletionSource();
        BusFixture[] fixtures = [new(_broker), new(_broker), new(_broker)];
        foreach (var fixture in fixtures)
        {
            fixture.Commands.Reading = reading.Task; // each finds nothing there, and makes a beginning of its own
            fixture.Bus.Start(fixture.Listener);
            await fixture.MoveUntil(() => fixture.Commands.Reads == 1);
        }

        reading.SetResult();

        foreach (var fixture in fixtures)
        {
            await fixture.HearsAsync("disconnected", "connected");
        }

        Assert.NotNull(Assert.Single(fixtures.Select(static fixture => fixture.Bus.GenerationOf("crm")).Distinct()));
        foreach (var fixture in fixtures)
        {
            await fixture.DisposeAsync();
        }
    }

    // Apart, so that nothing here keeps the task from the collector.
    private async Task PublishLateAsync(BusFixture a)
    {
        var answer = new TaskCompletionSource();
        a.Commands.Answer = answer.Task;
        var publishing = a.Bus.PublishErasedAsync("u").AsTask();
        await a.MoveUntil(() => publishing.IsCompleted);
        Assert.False(await publishing);
        answer.SetException(new TimeoutException("much later"));
    }
}
