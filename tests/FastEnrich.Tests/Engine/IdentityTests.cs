using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Who may say what of a user, and what becomes of it.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private static readonly EnrichOptions s_untrusted = new() { UntrustedIdentities = true };

    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task EnrichAsync_TrustedIdentity_ReplacesWhatWasFetchedByAnother()
    {
        var social = AddLookup("social");
        Assert.Equal("a", City(await Enrich("a")));

        Assert.Equal("b", City(await Enrich("b")));
        Assert.Equal("b", City(await Enrich(null)));
        Assert.Equal("b", City(await Enrich("b")));
        Assert.Equal(2, social.Calls);
        Assert.Null(social.Requests[1].Previous);
    }

    [Fact]
    public async Task EnrichAsync_UntrustedIdentity_IsAnsweredApartAndLeavesNothing()
    {
        var social = AddLookup("social");
        await Enrich("a");

        Assert.Equal("evil", City(await Enrich("evil", s_untrusted)));

        Assert.Equal("a", City(await Enrich(null)));
        Assert.Equal("a", City(await Enrich("a")));
        Assert.Equal(2, social.Calls);
    }

    [Fact]
    public async Task EnrichAsync_UntrustedIdentityThatIsKnown_IsServedFromTheCache()
    {
        var social = AddLookup("social");
        await Enrich("a");

        Assert.Equal("a", City(await Enrich("a", s_untrusted)));
        Assert.Equal(1, social.Calls);
    }

    [Fact]
    public async Task EnrichAsync_UntrustedOnAColdUser_NeverFillsTheSlot()
    {
        AddLookup("social");

        Assert.Equal("evil", City(await Enrich("evil", s_untrusted)));

        Assert.Equal(PluginState.Skipped, (await Enrich(null)).Status["social"].State);
    }

    [Fact]
    public async Task EnrichAsync_UntrustedWhileAnotherFetchRuns_JoinsItNotAndDisturbsItNot()
    {
        var social = AddLookup("social");
        social.Answer = _gate.Pass;
        var good = Enrich("a");
        await _gate.Arrivals(1);
        var evil = Enrich("evil", s_untrusted);
        await _gate.Arrivals(1);

        _gate.Release(Results.Found("for a"), 1);
        Assert.Equal("for a", City(await good));
        Assert.False(evil.IsCompleted);
        _gate.Release(Results.Found("for evil"), 1);

        Assert.Equal("for evil", City(await evil));
        Assert.Equal("for a", City(await Enrich(null)));
    }

    [Fact]
    public async Task EnrichAsync_UntrustedIdentityBesideAPluginItDoesNotTouch_SharesThatPluginsResult()
    {
        var crm = _engine.Add("crm");
        crm.Answer = _gate.Pass;
        AddLookup("social");
        var first = Enrich("evil", s_untrusted);
        var second = Enrich(null);
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("shared", TimeSpan.Zero));

        Assert.Equal("shared", (await first).Enrichments["crm"].Demographics!.City);
        await second;
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_UntrustedAtItsDeadline_SaysWhichPluginsWereLate()
    {
        _engine.Add("crm").Answer = _gate.Pass;
        AddLookup("social");
        var waiting = Enrich("evil", s_untrusted with { Deadline = TimeSpan.FromMilliseconds(20) });
        await _gate.Arrivals(1);

        _engine.Time.Advance(TimeSpan.FromMilliseconds(20));
        await Eventually.True(() =>
        {
            _engine.Time.Advance(TimeSpan.FromMilliseconds(1));
            return waiting.IsCompleted;
        });

        Assert.Equal((PluginState.TimedOut, false), ((await waiting).Status["crm"].State, (await waiting).Complete));
    }

    [Fact]
    public async Task EnrichAsync_TrustedWhileAFetchByAnotherIdentityRuns_EachGetsItsOwn()
    {
        var social = AddLookup("social");
        social.Answer = _gate.Pass;
        var first = Enrich("a");
        await _gate.Arrivals(1);
        var second = Enrich("b");
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("for a"), 1);
        Assert.Equal("for a", City(await first));
        _gate.Release(Results.Found("for b"), 1);

        Assert.Equal("for b", City(await second));
        Assert.Equal("for b", City(await Enrich(null))); // the later one was trusted
        Assert.Equal(2, social.Calls);
    }

    [Fact]
    public async Task EnrichAsync_TrustedWhileOthersWaitForAnotherPlugin_DoesNotTakeTheirResultAway()
    {
        AddLookup("social");
        _engine.Add("slow").Answer = _gate.Pass;
        var first = Enrich("a");
        await _gate.Arrivals(1);
        await Eventually.True(() => _engine.Manager.Inspect("u1")!.Slots["social"] is { InFlight: false });
        var second = Enrich("b");

        _gate.Release(Results.Found("slow"));

        Assert.Equal("a", City(await first));
        Assert.Equal("b", City(await second));
    }

    [Fact]
    public async Task EnrichAsync_ProviderAndDependent_LookUpByWhatTheProviderSaid()
    {
        _engine.Add("crm", provides: ["email"]).Answer = static (_, _) => new(Results.Found("crm", identities: ("email", "crm@example.org")));
        var social = AddLookup("social");

        Assert.Equal("crm@example.org", City(await Enrich(null)));
        Assert.Equal(["email"], social.Requests[0].Identities.Keys);
    }

    [Fact]
    public async Task EnrichAsync_CallerNamesTheIdentity_TheDependentDoesNotWaitForTheProvider()
    {
        _engine.Add("crm", provides: ["email"]).Answer = _gate.Pass;
        var social = AddLookup("social");

        _ = Enrich("mine");
        await _gate.Arrivals(1);

        await Eventually.True(() => social.Calls == 1);
    }

    [Fact]
    public async Task EnrichAsync_OneProviderHangs_OthersDependentsStart()
    {
        _engine.Add("slow", provides: ["phone"]).Answer = _gate.Pass;
        var byPhone = _engine.Add("by-phone", needs: [new("phone", false)]);
        _engine.Add("crm", provides: ["email"]).Answer = static (_, _) => new(Results.Found("crm", identities: ("email", "e")));
        var social = AddLookup("social");

        var waiting = Enrich(null);
        await Eventually.True(() => social.Calls == 1);
        Assert.Equal(0, byPhone.Calls);
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("slow"));

        Assert.Equal((PluginState.Skipped, true), ((await waiting).Status["by-phone"].State, (await waiting).Complete));
    }

    [Fact]
    public async Task EnrichAsync_ProviderFails_SkipsTheDependentAndIsIncomplete()
    {
        _engine.Add("crm", provides: ["email"]).Answer = static (_, _) => throw Results.Failure();
        AddLookup("social");
        _engine.Add("third", dependsOn: ["social"]);

        var whole = await Enrich(null);
        var third = await _engine.Manager.EnrichWithPluginAsync("third", "u1");

        Assert.Equal((PluginState.Failed, PluginState.Skipped, PluginState.Skipped, false), (whole.Status["crm"].State, whole.Status["social"].State, whole.Status["third"].State, whole.Complete));
        Assert.Equal((PluginState.Skipped, false, 1), (third.Status["third"].State, third.Complete, third.Status.Count));
        Assert.Equal(["crm"], whole.Errors.Keys);
    }

    [Fact]
    public async Task EnrichAsync_OptionalIdentityMissing_RunsWithout()
    {
        _engine.Add("crm", provides: ["email"]).Answer = static (_, _) => throw Results.Failure();
        var social = _engine.Add("social", needs: [new("email", true)]);

        Assert.Equal(PluginState.Fresh, (await Enrich(null)).Status["social"].State);
        Assert.Empty(social.Requests[0].Identities);
    }

    [Fact]
    public async Task EnrichAsync_PermanentlySkippedPlugin_LeavesTheUserWarm()
    {
        AddLookup("social");
        _engine.Add("crm");
        await Enrich(null);

        Assert.Same(await Enrich(null), await Enrich(null));
    }

    [Fact]
    public async Task EnrichAsync_ProviderNowSaysAnotherIdentity_TheDependentIsFetchedAnewForTheSameCaller()
    {
        var email = "old";
        var crm = _engine.Add("crm", provides: ["email"], settings: static settings => (settings.CacheTtl, settings.StaleWhileRevalidate) = (TimeSpan.FromMinutes(1), TimeSpan.Zero));
        crm.Answer = (_, _) => new(Results.Found("crm", identities: ("email", email)));
        var social = AddLookup("social");
        await Enrich(null);
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        await Enrich(null);
        Assert.Equal(1, social.Calls); // the same identity: what is held serves
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        email = "new";

        Assert.Equal("new", City(await Enrich(null)));
        Assert.Equal(2, social.Calls);
    }

    [Fact]
    public async Task EnrichAsync_ProviderNoLongerKnowsTheUser_TheDependentsOldResultIsNotServed()
    {
        var crm = _engine.Add("crm", provides: ["email"], settings: static settings => (settings.CacheTtl, settings.StaleWhileRevalidate) = (TimeSpan.FromMinutes(1), TimeSpan.Zero));
        crm.Answer = static (_, _) => new(Results.Found("crm", identities: ("email", "a")));
        AddLookup("social");
        await Enrich(null);
        crm.Answer = static (_, _) => new(EnrichmentResult.NotFound());
        _engine.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(PluginState.Skipped, (await Enrich(null)).Status["social"].State);
    }

    [Fact]
    public async Task EnrichAsync_OnePluginAsked_RunsItsProvidersAndReturnsOnlyIt()
    {
        var crm = _engine.Add("crm", provides: ["email"]);
        crm.Answer = static (_, _) => new(Results.Found("crm", identities: ("email", "a")));
        AddLookup("social");
        var other = _engine.Add("other");

        var profile = await _engine.Manager.EnrichWithPluginAsync("social", "u1");

        Assert.Equal(["social"], profile.Status.Keys);
        Assert.Equal("a", City(profile));
        Assert.Equal((1, 0), (crm.Calls, other.Calls));
    }

    [Fact]
    public async Task EnrichAsync_DependsOnAPluginThatIsOff_IsSkipped()
    {
        _engine.Add("second", dependsOn: ["absent"]);

        Assert.Equal(PluginState.Skipped, (await Enrich(null)).Status["second"].State);
    }

    [Fact]
    public async Task EnrichAsync_UndeclaredOrOversizedIdentities_AreDropped()
    {
        _engine.Add("crm", provides: ["email"]).Answer = static (_, _) => new(Results.Found("crm", identities: [("email", new string('x', 513)), ("phone", "1")]));
        AddLookup("social");
        _engine.Add("by-phone", needs: [new("phone", false)]);

        var profile = await Enrich(null);

        Assert.Equal((PluginState.Skipped, PluginState.Skipped), (profile.Status["social"].State, profile.Status["by-phone"].State));
    }

    [Fact]
    public void Create_PluginsThatWaitForEachOther_IsInvalidConfig()
    {
        _engine.Add("a", provides: ["x"], needs: [new("y", false)]);
        _engine.Add("b", provides: ["y"], needs: [new("x", true)]);

        var exception = Assert.Throws<PluginException>(() => _engine.Manager);

        Assert.Equal(PluginErrorCode.InvalidConfig, exception.Code);
        Assert.Contains("a, b", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_TwoThatLookUpByWhatTheyProvide_DoNotWaitForEachOther()
    {
        _engine.Add("a", provides: ["email"], needs: [new("email", true)]);
        _engine.Add("b", provides: ["email"], needs: [new("email", true)]);

        var profile = await Enrich(null);

        Assert.Equal((PluginState.Fresh, PluginState.Fresh), (profile.Status["a"].State, profile.Status["b"].State));
    }

    [Fact]
    public async Task EnrichAsync_IdentityThatTheInstanceDoesNotProvide_IsNotWaitedFor()
    {
        _engine.Add("a", provides: ["x"], needs: [new("y", true)]).ProvidedIdentities = [];
        _engine.Add("b", provides: ["y"], needs: [new("x", true)]);

        var profile = await Enrich(null);

        Assert.Equal((PluginState.Fresh, PluginState.Fresh), (profile.Status["a"].State, profile.Status["b"].State));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string? City(EnrichedProfile profile) => profile.Enrichments.GetValueOrDefault("social")?.Demographics?.City;

    /// <summary>A plugin that looks users up by e-mail and answers with what it was asked for.</summary>
    private FakePlugin AddLookup(string name)
    {
        var plugin = _engine.Add(name, needs: [new("email", false)]);
        plugin.Answer = static (request, _) => new(Results.Found(request.Identities["email"]));
        return plugin;
    }

    private Task<EnrichedProfile> Enrich(string? email, EnrichOptions options = default) =>
        _engine.Manager.EnrichAsync(new EnrichmentRequest("u1", email is null ? null : new Dictionary<string, string> { ["email"] = email }), options).AsTask();
}
