using System.Net;
using FastEnrich.Redis.Invalidation;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>One node of a cluster is away: that of the generations, the one that is heard, or another.</summary>
public sealed class NodeAwayTests
{
    private static readonly DnsEndPoint s_other = new("other", 6379);

    private readonly FakeBroker _broker = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Generations_Away_ThoseKnownLastStayAndMessagesAreHandedOn()
    {
        await using var a = await JoinAsync();
        await using var b = await BusFixture.JoinAsync(_broker, _time);
        a.Commands.RefusesRead = true;

        await PassAsync(a, TimeSpan.FromSeconds(30));
        await b.Bus.PublishErasedAsync("u");

        await a.HearsAsync("disconnected", "connected", "erased u");
        Assert.Equal(7, a.Bus.GenerationOf("crm"));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(20, 20)]
    [InlineData(1, 15)] // when it is first noticed
    [InlineData(0, 15)]
    public async Task Generations_AwayForLongerThanDisconnectedServing_IsAGap(int seconds, int gapAfter)
    {
        await using var a = await JoinAsync(TimeSpan.FromSeconds(seconds));
        a.Commands.RefusesRead = true;

        var passed = await a.TimeUntil(() => a.Listener.Heard.Length == 3);

        await a.HearsAsync("disconnected", "connected", "disconnected");
        Assert.Null(a.Bus.GenerationOf("crm"));
        Assert.InRange(passed, TimeSpan.FromSeconds(gapAfter), TimeSpan.FromSeconds(gapAfter + 1));
    }

    [Fact]
    public async Task Generations_AwayTwiceAndReadInBetween_BeginsToCountAnew()
    {
        await using var a = await JoinAsync();
        a.Commands.RefusesRead = true;
        await PassAsync(a, TimeSpan.FromSeconds(55));
        a.Commands.RefusesRead = false;
        var reads = a.Commands.Reads;
        await a.TimeUntil(() => a.Commands.Reads > reads);
        a.Commands.RefusesRead = true;

        var passed = await a.TimeUntil(() => a.Listener.Heard.Length == 3);

        Assert.InRange(passed, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task Generations_AwayAndAnotherNodeToo_IsAGap()
    {
        await using var a = await JoinAsync();
        a.Commands.RefusesRead = true;
        await PassAsync(a, TimeSpan.FromSeconds(30));

        a.Commands.AreOthersConnected = false;
        var passed = await a.TimeUntil(() => a.Listener.Heard.Length == 3);

        Assert.Null(a.Bus.GenerationOf("crm"));
        Assert.InRange(passed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Generations_AwayAfterAGap_NothingIsKnownUntilTheyAreRead()
    {
        await using var a = await JoinAsync();
        a.Commands.RefusesRead = true;
        a.Commands.LoseNode(a.Commands.Source);
        await a.HearsAsync("disconnected", "connected", "disconnected");

        var subscriptions = a.Commands.Subscriptions;
        await a.MoveUntil(() => a.Commands.Subscriptions > subscriptions + 2);
        Assert.Null(a.Bus.GenerationOf("crm"));
        a.Commands.RefusesRead = false;
        await a.MoveUntil(() => a.Listener.Heard.Length == 4);

        Assert.Equal(7, a.Bus.GenerationOf("crm"));
    }

    [Fact]
    public async Task Dropped_WhileTheGenerationsAreAway_ThatPluginAloneIsUnknownUntilTheyAreBack()
    {
        await using var a = await JoinAsync();
        a.Commands.RefusesRead = true;

        a.Commands.Deliver(new BusMessage(MessageKind.Dropped, 1, 0, default, ["social"]).Encode());
        await a.HearsAsync("disconnected", "connected", "dropped social");
        await PassAsync(a, TimeSpan.FromSeconds(10));
        Assert.Equal((7, null), (a.Bus.GenerationOf("crm"), a.Bus.GenerationOf("social")));
        a.Commands.RefusesRead = false;
        var back = await a.TimeUntil(() => a.Bus.GenerationOf("social") == 0);

        Assert.InRange(back, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await a.HearsAsync("disconnected", "connected", "dropped social");
    }

    [Fact]
    public async Task Drop_WhileTheGenerationsAreAway_IsNotConfirmedAndArrivesWhenTheyAreBack()
    {
        await using var a = await JoinAsync();
        await using var b = await BusFixture.JoinAsync(_broker, _time);
        b.Commands.AreOthersConnected = true;
        (a.Commands.RefusesRead, b.Commands.RefusesRead, b.Commands.RefusesWrites) = (true, true, true);
        await PassAsync(a, TimeSpan.FromSeconds(16));

        Assert.False(await b.Bus.DropAsync("crm", default));
        Assert.Equal((7, null), (a.Bus.GenerationOf("crm"), b.Bus.GenerationOf("crm")));
        b.Commands.RefusesWrites = false;
        b.Commands.Restore();
        await a.HearsAsync("disconnected", "connected", "dropped crm");
        Assert.Null(a.Bus.GenerationOf("crm"));
        (a.Commands.RefusesRead, b.Commands.RefusesRead) = (false, false);
        await a.TimeUntil(() => a.Bus.GenerationOf("crm") == 8);
        await b.TimeUntil(() => b.Bus.GenerationOf("crm") == 8);

        await a.HearsAsync("disconnected", "connected", "dropped crm");
        await b.HearsAsync("disconnected", "connected");
    }

    [Fact]
    public async Task Generations_Hang_MessagesAreHandedOnMeanwhile()
    {
        await using var a = await JoinAsync();
        a.Commands.Reading = new TaskCompletionSource().Task;
        a.Commands.Deliver(new BusMessage(MessageKind.Dropped, 1, 0, default, ["social"]).Encode());
        await Eventually.True(() => a.Commands.Reads == 2);

        a.Commands.Deliver(new BusMessage(MessageKind.Erased, 1, 0, "u"u8.ToArray(), []).Encode());

        await a.HearsAsync("disconnected", "connected", "dropped social", "erased u"); // and no time has passed
    }

    [Fact]
    public async Task Generations_HangAndNothingIsHeard_IsAGapAfterThreeSeconds()
    {
        await using var a = await JoinAsync();
        a.Commands.Reading = new TaskCompletionSource().Task;
        a.Commands.LoseNode(s_other);
        await a.HearsAsync("disconnected", "connected", "disconnected");
        a.Commands.IsDeaf = true;

        var silence = await a.TimeUntil(() => a.Bus.GenerationOf("crm") is null);

        Assert.InRange(silence, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Generations_ReadingOfBeforeAGapFailsAfterIt_IsNobodysConcernAnyMore()
    {
        await using var a = await JoinAsync(TimeSpan.Zero);
        a.Commands.Reading = new TaskCompletionSource().Task;
        a.Commands.LoseNode(s_other);
        await Eventually.True(() => a.Commands.Reads == 2);
        a.Commands.Reading = Task.CompletedTask;

        a.Commands.LoseNode(a.Commands.Source);
        await a.HearsAsync("disconnected", "connected", "disconnected", "connected");
        await PassAsync(a, TimeSpan.FromSeconds(3)); // it was given a second

        await a.HearsAsync("disconnected", "connected", "disconnected", "connected");
    }

    [Fact]
    public async Task Other_Lost_IsLookedAfterByAReadingAndGenerationsStayKnown()
    {
        await using var a = await JoinAsync();
        List<long?> known = [];
        a.Listener.OnCall = () => known.Add(a.Bus.GenerationOf("crm"));
        _broker.Generations["crm"] = 8;

        a.Commands.LoseNode(s_other);

        await a.HearsAsync("disconnected", "connected", "disconnected", "dropped crm", "connected");
        Assert.Equal([7, 8, 8], known);
        Assert.Equal(1, a.Commands.Subscriptions);
    }

    [Fact]
    public async Task Other_LostWhichHasTheGenerations_WhatIsHeldIsLookedUpAgainAndTheyStayKnown()
    {
        await using var a = await JoinAsync();
        a.Commands.RefusesRead = true;

        a.Commands.LoseNode(s_other);

        await a.HearsAsync("disconnected", "connected", "disconnected", "connected");
        Assert.Equal(7, a.Bus.GenerationOf("crm"));
    }

    [Fact]
    public async Task Other_LostAndGenerationsMayNotStay_IsOneGap()
    {
        await using var a = await JoinAsync(TimeSpan.Zero);
        a.Commands.RefusesRead = true;

        a.Commands.LoseNode(s_other);
        await Eventually.True(() => a.Bus.GenerationOf("crm") is null);
        a.Commands.RefusesRead = false;
        await a.TimeUntil(() => a.Bus.GenerationOf("crm") == 7);

        await a.HearsAsync("disconnected", "connected", "disconnected", "connected");
    }

    [Fact]
    public async Task Other_LostWhileAReadingIsUnderWay_WaitsForOneThatBeginsAfterwards()
    {
        await using var a = await JoinAsync();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        a.Commands.Reading = first.Task;
        a.Commands.LoseNode(s_other);
        await Eventually.True(() => a.Commands.Reads == 2);
        a.Commands.LoseNode(s_other);
        a.Commands.Deliver(new BusMessage(MessageKind.Erased, 1, 0, "both told"u8.ToArray(), []).Encode());
        await a.HearsAsync("disconnected", "connected", "disconnected", "erased both told");
        a.Commands.Reading = second.Task;

        first.SetResult();
        await Eventually.True(() => a.Commands.Reads == 3);
        Assert.Equal("erased both told", a.Listener.Heard[^1]);
        second.SetResult();

        await a.HearsAsync("disconnected", "connected", "disconnected", "erased both told", "connected");
    }

    [Theory]
    [InlineData("the one that is heard")]
    [InlineData("unknown")]
    [InlineData("another, after the client moved")]
    public async Task Lost_MessagesMayBeToo_IsAGapAndSubscribesAnew(string node)
    {
        await using var a = await JoinAsync();
        if (node.StartsWith("another"))
        {
            a.Commands.Source = new DnsEndPoint("moved", 6379);
        }

        _broker.Generations["crm"] = 8;
        a.Commands.LoseNode(node switch { "unknown" => null, "the one that is heard" => a.Commands.Source, _ => s_other });

        await a.HearsAsync("disconnected", "connected", "disconnected", "dropped crm", "connected");
        Assert.Equal(2, a.Commands.Subscriptions);
    }

    [Fact]
    public async Task Source_OfMessagesIsAnotherNode_IsAGapWithinATick()
    {
        await using var a = await JoinAsync();

        a.Commands.Source = s_other;
        var passed = await a.TimeUntil(() => a.Listener.Heard.Length >= 3);
        await a.MoveUntil(() => a.Listener.Heard.Length == 4);

        Assert.Equal(["disconnected", "connected", "disconnected", "connected"], a.Listener.Heard);
        Assert.InRange(passed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Join_AtTheNodeOfTheGenerations_MovesOnToAnother()
    {
        await using var a = new BusFixture(_broker, _time);
        var generations = new DnsEndPoint("generations", 6379);
        a.Commands.NodeOfGenerations = generations;
        Array.ForEach([generations, generations, s_other], a.Commands.Sources.Enqueue);

        a.Bus.Start(a.Listener);
        await a.HearsAsync("disconnected", "connected");

        Assert.Equal(s_other, a.Commands.Source);
    }

    [Fact]
    public async Task Join_NoOtherNode_HearsTheOneOfTheGenerations()
    {
        await using var a = new BusFixture(_broker, _time);
        a.Commands.NodeOfGenerations = a.Commands.Source;

        a.Bus.Start(a.Listener);

        await a.HearsAsync("disconnected", "connected");
    }

    /// <summary>In a cluster with another node for everything but what the test takes away.</summary>
    private async Task<BusFixture> JoinAsync(TimeSpan? disconnectedServing = null)
    {
        _broker.Generations["crm"] = 7;
        var fixture = await BusFixture.JoinAsync(_broker, _time, disconnectedServing: disconnectedServing);
        fixture.Commands.AreOthersConnected = true;
        return fixture;
    }

    private async Task PassAsync(BusFixture fixture, TimeSpan time)
    {
        var end = _time.GetUtcNow() + time;
        await fixture.TimeUntil(() => _time.GetUtcNow() >= end);
    }
}
