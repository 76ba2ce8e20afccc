using FastEnrich.Caching;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Caching;

/// <summary>The table of what a request does with a slot.</summary>
public sealed class SlotTransitionsTests
{
    private const long FetchedAt = 1_000;
    private const long FreshUntil = 2_000;
    private const long Window = 500;

    [Theory]
    [InlineData(1_999, nameof(SlotDecision.Serve))]
    [InlineData(2_000, nameof(SlotDecision.Revalidate))]
    [InlineData(2_499, nameof(SlotDecision.Revalidate))]
    [InlineData(2_500, nameof(SlotDecision.Fetch))]
    public void Decide_FoundValue_FollowsItsWindows(long now, string decision) =>
        Assert.Equal(decision, SlotTransitions.Decide(NotFound(), Lookup(now)).ToString());

    [Theory]
    [InlineData(1, 1_500, -1, nameof(EnrichMode.Refresh), nameof(SlotDecision.Fetch))]
    [InlineData(1, 1_500, 500, nameof(EnrichMode.Default), nameof(SlotDecision.Serve))]
    [InlineData(1, 1_501, 500, nameof(EnrichMode.Default), nameof(SlotDecision.Fetch))]
    [InlineData(2, 1_500, -1, nameof(EnrichMode.Default), nameof(SlotDecision.Fetch))] // another generation of the plugin
    public void Decide_RequestThatWantsAnother_Fetches(int generation, long now, long maxAge, string mode, string decision) =>
        Assert.Equal(decision, SlotTransitions.Decide(NotFound(), Lookup(now) with { Generation = generation, MaxAge = maxAge, Mode = Enum.Parse<EnrichMode>(mode) }).ToString());

    [Fact]
    public void Decide_ValueOfAnotherLookup_IsNotServed() =>
        Assert.Equal(SlotDecision.Fetch, SlotTransitions.Decide(NotFound(), Lookup(1_500) with { Fingerprint = new Fingerprint(1, 1) }));

    [Fact]
    public void Decide_EmptySlot_Fetches() => Assert.Equal(SlotDecision.Fetch, SlotTransitions.Decide(null, Lookup(0)));

    [Theory]
    [InlineData(2_099, nameof(SlotDecision.Serve))] // it rests
    [InlineData(2_100, nameof(SlotDecision.Fetch))]
    public void Decide_FailureWithNothingBeneath_RestsAndIsThenFetched(long now, string decision) =>
        Assert.Equal(decision, SlotTransitions.Decide(Failed(null), Lookup(now)).ToString());

    [Theory]
    [InlineData(1_999, nameof(SlotDecision.Serve))] // what is beneath is fresh
    [InlineData(2_099, nameof(SlotDecision.Serve))]
    [InlineData(2_100, nameof(SlotDecision.Revalidate))]
    [InlineData(2_500, nameof(SlotDecision.Fetch))]
    public void Decide_FailureOverAnAnswer_FollowsTheWindowsOfTheAnswer(long now, string decision) =>
        Assert.Equal(decision, SlotTransitions.Decide(Failed(NotFound()), Lookup(now)).ToString());

    [Fact]
    public void Fingerprint_ListsThatShareOneText_Differ()
    {
        var one = Fingerprint.Of([new("ab", "c")]);

        Assert.NotEqual(one, Fingerprint.Of([new("a", "bc")]));
        Assert.NotEqual(Fingerprint.Of([new("a", "b"), new("c", "d")]), Fingerprint.Of([new("a", "b\0c"), new("", "d")]));
        Assert.Equal(one, Fingerprint.Of([new("ab", "c")]));
        Assert.NotEqual(default, one);
        Assert.DoesNotContain("c", one.ToString().Replace(nameof(Fingerprint), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static SlotLookup Lookup(long now) => new(now, 1, default(Fingerprint), Window, Window * 4);

    private static SlotValue NotFound() => SlotValue.NotFound(1, default, FetchedAt, FreshUntil);

    private static SlotValue Failed(SlotValue? older) =>
        SlotValue.Failed(SlotFailure.BudgetSpent, older, 1, default, now: 1_900, retryAt: 2_100);
}
