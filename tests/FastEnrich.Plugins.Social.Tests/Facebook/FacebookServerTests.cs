using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>The plugin against the simulator, over real connections.</summary>
public sealed class FacebookServerTests : IAsyncLifetime
{
    private FacebookSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => FacebookFixture.Knows(user) && user.Index % 8 < 6 && user.Interests.Count > 1);
        _stranger = users.First(user => user.FacebookId is null);
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_ById_IsOneCallAndMapsTheUser()
    {
        var plugin = FacebookFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(FacebookFixture.Request(_user), default);

        var enrichment = result.Enrichment!;
        Assert.Equal((_user.Gender, _user.City.Name, _user.City.CountryCode), (enrichment.Demographics!.Gender, enrichment.Demographics.City, enrichment.Demographics.Country));
        Assert.InRange(enrichment.Demographics.Age!.Value, 18, 82);
        Assert.Subset(enrichment.Interests!.ToHashSet(), _user.Interests.ToHashSet());
        Assert.InRange(enrichment.SocialConnections!.Connections, 12, 900);
        Assert.Equal(_user.FacebookId, result.Identities!["facebook_id"]);
        Assert.Equal(["user"], _simulator.RequestCounts.Keys);
    }

    [Fact]
    public async Task EnrichAsync_TokenUrl_AsksTheOperatorOnceAndTheOwnerOfTheToken()
    {
        var configuration = _simulator.PluginConfiguration;
        var plugin = new FacebookPlugin(
            FacebookFixture.Options(_simulator) with { TokenUrl = configuration["token_url"], TokenUrlKey = configuration["token_url_key"], LookupBy = "token" },
            FacebookFixture.Context(UpstreamClient.CreateHandler()));

        var first = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
        var again = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        Assert.Equal((_user.FacebookId, _user.FacebookId), (first.Identities!["facebook_id"], again.Identities!["facebook_id"]));
        Assert.Equal((1, 2), (_simulator.RequestCounts["token"], _simulator.RequestCounts["user"]));
    }

    [Fact]
    public async Task EnrichAsync_TokenForAll_ReadsEverybodyAndSomeoneUnknownIsNotFound()
    {
        var plugin = FacebookFixture.Plugin(_simulator, options => options with { AccessToken = _simulator.SystemToken });

        var known = await plugin.EnrichAsync(new EnrichmentRequest(_user.FacebookId!), default);
        var unknown = await plugin.EnrichAsync(new EnrichmentRequest("4"), default);

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.NotFound), (known.Kind, unknown.Kind));
    }

    [Fact]
    public async Task EnrichAsync_NoToken_IsNotFoundForAMinute()
    {
        var plugin = FacebookFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_stranger.Id, new Dictionary<string, string> { ["facebook_id"] = "4" }), default);

        Assert.Equal((EnrichmentResultKind.NotFound, TimeSpan.FromMinutes(1)), (result.Kind, result.Ttl));
        Assert.Equal(0, _simulator.RequestCount);
    }

    [Fact]
    public async Task EnrichAsync_SomebodyElsesId_IsNotFoundWithTheUsersOwnToken()
    {
        var other = Enumerable.Range(_user.Index + 1, 100).Select(_simulator.Population.GetUser).First(FacebookFixture.Knows);
        var plugin = FacebookFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id, new Dictionary<string, string> { ["facebook_id"] = other.FacebookId! }), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
    }

    [Fact]
    public async Task EnrichAsync_RevokedPermissions_LeaveTheirFactsOut()
    {
        foreach (var permission in new[] { "user_likes", "user_posts", "user_friends", "user_location", "user_hometown" })
        {
            _simulator.Revoke(permission);
        }

        var result = await FacebookFixture.Plugin(_simulator).EnrichAsync(FacebookFixture.Request(_user), default);

        Assert.Equal((null, 0L, null), (result.Enrichment!.Demographics!.City, result.Enrichment.SocialConnections!.Connections, result.Enrichment.BehaviorPatterns));
        Assert.Equal(_user.Gender, result.Enrichment.Demographics.Gender);
    }

    [Fact]
    public async Task EnrichAsync_OldAppWithWork_GetsOccupationAndEducation()
    {
        foreach (var permission in FacebookPermissions.Retired)
        {
            _simulator.Grant(permission);
        }

        var plugin = FacebookFixture.Plugin(_simulator, options => options with { Capabilities = [FacebookCapability.Work] });

        var result = await plugin.EnrichAsync(FacebookFixture.Request(_user), default);

        var demographics = result.Enrichment!.Demographics!;
        Assert.Equal((_user.JobTitle, _user.MaritalStatus, _user.Company), (demographics.Occupation, demographics.MaritalStatus, result.Enrichment.ContextualData!["company"].GetString()));
        Assert.Equal(_user.Degree is null, demographics.Education is null);
    }

    [Fact]
    public async Task EnrichBatchAsync_ManyLikes_AreReadPageByPageInOneMoreBatch()
    {
        var plugin = FacebookFixture.Plugin(_simulator, options => options with { MaxLikes = 120 });
        var requests = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).Take(50).Select(FacebookFixture.Request).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        var paged = Enumerable.Range(0, requests.Count).Where(i => results.GetResult(i).Validator is null).ToList();
        Assert.InRange(paged.Count, 2, 20); // about one user in ten likes more than a hundred pages
        Assert.Equal(2, _simulator.RequestCounts["batch"]);
        Assert.All(paged, i => Assert.Equal(100, results.GetResult(i).Enrichment!.Interests!.Count));
    }

    [Fact]
    public async Task EnrichBatchAsync_FiftyUsers_GivesEachWhatASingleCallGives()
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        var requests = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).Take(50).Select(FacebookFixture.Request).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.Equal(1, _simulator.RequestCounts["batch"]);
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
            Assert.Equal(Text(single), Text(results.GetResult(i)));
            Assert.Equal(single.Validator, results.GetResult(i).Validator);
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_EachKindOfMember_HasItsOwnOutcome()
    {
        var users = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).Take(4).ToList();
        _simulator.RefuseTokens(users[1], "password_changed");
        var plugin = FacebookFixture.Plugin(_simulator);
        var results = new BatchResults(6);

        await plugin.EnrichBatchAsync([FacebookFixture.Request(users[0]), FacebookFixture.Request(users[1]), new(users[2].Id, new Dictionary<string, string> { ["facebook_id"] = "4" }), new("not digits"), new(_stranger.Id), FacebookFixture.Request(users[3])], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.None, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.Found], Enumerable.Range(0, 6).Select(i => results.GetResult(i).Kind));
        Assert.Equal((PluginErrorCode.AuthError, "HTTP 400, 190.460"), (results.GetFailure(1)!.Code, results.GetFailure(1)!.Message));
        Assert.Equal(TimeSpan.Zero, results.GetResult(3).Ttl);
    }

    [Fact]
    public async Task EnrichBatchAsync_TimedOutItem_IsARetryableTimeoutOfThatMember()
    {
        var users = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).Take(3).ToList();
        _simulator.TimeOutNextCall();
        var results = new BatchResults(3);

        await FacebookFixture.Plugin(_simulator).EnrichBatchAsync([.. users.Select(FacebookFixture.Request)], results, default);

        Assert.Equal((PluginErrorCode.TimeoutError, true), (results.GetFailure(0)!.Code, results.GetFailure(0)!.Retryable));
        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.Found), (results.GetResult(1).Kind, results.GetResult(2).Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichAsync_ExpiredToken_IsRenewedAndAskedOnceMore(bool batch)
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        var users = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).Take(batch ? 3 : 1).ToList();
        var requests = users.Select(FacebookFixture.Request).ToList();
        await plugin.EnrichBatchAsync(requests, new BatchResults(users.Count), default);
        var before = _simulator.RequestCount;
        _simulator.ExpireTokens();
        var results = new BatchResults(users.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.All(Enumerable.Range(0, users.Count), i => Assert.Equal(EnrichmentResultKind.Found, results.GetResult(i).Kind));
        Assert.Equal(2, _simulator.RequestCount - before);
    }

    [Fact]
    public async Task EnrichAsync_Unchanged_IsNotModifiedByItsValidator()
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        var first = await plugin.EnrichAsync(FacebookFixture.Request(_user), default);
        var previous = new PreviousResult(() => first.Enrichment!, first.Validator, DateTimeOffset.UnixEpoch);
        var request = new EnrichmentRequest(_user.Id, FacebookFixture.Request(_user).Identities, previous, TimeSpan.FromMinutes(1));
        var other = Enumerable.Range(_user.Index + 1, 100).Select(_simulator.Population.GetUser).First(FacebookFixture.Knows);
        var results = new BatchResults(2);

        var single = await plugin.EnrichAsync(request, default);
        await plugin.EnrichBatchAsync([request, FacebookFixture.Request(other)], results, default);

        Assert.Equal((EnrichmentResultKind.NotModified, TimeSpan.FromHours(6)), (single.Kind, single.Ttl));
        Assert.Equal((EnrichmentResultKind.NotModified, EnrichmentResultKind.Found), (results.GetResult(0).Kind, results.GetResult(1).Kind));
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddId_IsNotFoundAndSendsNothing(string id, bool asIdentity)
    {
        var plugin = FacebookFixture.Plugin(_simulator, options => options with { AccessToken = _simulator.SystemToken });
        var request = asIdentity ? new EnrichmentRequest("1", new Dictionary<string, string> { ["facebook_id"] = id }) : new EnrichmentRequest(id);

        var result = await plugin.EnrichAsync(request, default);

        Assert.Equal((EnrichmentResultKind.NotFound, asIdentity ? null : TimeSpan.Zero), (result.Kind, result.Ttl));
        Assert.Equal(0, _simulator.RequestCount);
    }

    public static TheoryData<string, bool> OddIds()
    {
        string[] ids = ["/", "..", ".", "me", "4/likes", "%2F", "a\"b'c", "4\n", "\0", "\U0001F600", new string('1', 21), "4?fields=id", "#", "\\", " 4", "٤", "4&access_token=x", "zuck"];
        TheoryData<string, bool> data = [];
        foreach (var id in ids)
        {
            data.Add(id, false);
            data.Add(id, true);
        }

        return data;
    }

    private static string Text(EnrichmentResult result) =>
        JsonSerializer.Serialize(result.Enrichment! with { Timestamp = default, Confidence = 0 }, FastEnrichJsonContext.Default.UserEnrichment);
}
