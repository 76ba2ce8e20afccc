using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The simulator over real connections, asked as the vendor's documentation says.</summary>
public sealed class XSimulatorServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private XSimulator _simulator = null!;
    private SimulatedUser _known = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await XSimulator.StartAsync(new XSimulatorOptions
        {
            Population = new SimulatedPopulation(11, 400), LookupsPerWindow = 5, TimelinesPerWindow = 60, ListsPerWindow = 2, PostCap = 1000, TimeProvider = _time,
        });
        Authenticate(_simulator.BearerToken);
        _known = _simulator.Population.GetUser(0);
        _stranger = Enumerable.Range(0, 400).Select(_simulator.Population.GetUser).First(user => user.XUsername is not null && !user.KnownTo.Contains(SimulatedSystem.X));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Users_WithoutFields_BringTheDefaultOnes()
    {
        var (status, body) = await GetAsync($"/2/users?ids={_known.XId}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "name", "username"], body.GetProperty("data")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.String, body.GetProperty("data")[0].GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task Users_ByUsernameInAnyCase_AreTheSame()
    {
        var (_, byId) = await GetAsync($"/2/users?ids={_known.XId}&user.fields=public_metrics,created_at");
        var (_, byName) = await GetAsync($"/2/users/by?usernames={_known.XUsername!.ToUpperInvariant()}&user.fields=public_metrics,created_at");
        var (_, single) = await GetAsync($"/2/users/by/username/{_known.XUsername}?user.fields=public_metrics,created_at");

        Assert.Equal(byId.GetProperty("data")[0].GetRawText(), byName.GetProperty("data")[0].GetRawText());
        Assert.Equal(byId.GetProperty("data")[0].GetRawText(), single.GetProperty("data").GetRawText());
        Assert.Equal(_known.Followers, single.GetProperty("data").GetProperty("public_metrics").GetProperty("followers_count").GetInt32());
    }

    [Fact]
    public async Task Users_UnknownMember_IsAnErrorBesideTheData()
    {
        var (status, body) = await GetAsync($"/2/users?ids={_known.XId},{_stranger.XId}");

        Assert.Equal((HttpStatusCode.OK, 1), (status, body.GetProperty("data").GetArrayLength()));
        Assert.Equal(_stranger.XId, body.GetProperty("errors")[0].GetProperty("value").GetString());
        Assert.EndsWith("/resource-not-found", body.GetProperty("errors")[0].GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_NobodyKnown_HaveNoData()
    {
        var (status, body) = await GetAsync("/2/users/by?usernames=nobody_here");

        Assert.Equal((HttpStatusCode.OK, false), (status, body.TryGetProperty("data", out _)));
    }

    [Theory]
    [InlineData("/2/users?ids=x")]
    [InlineData("/2/users?ids=")]
    [InlineData("/2/users")]
    [InlineData("/2/users/by?usernames=a%20b")]
    [InlineData("/2/users/by?usernames=sixteen_letters_")]
    [InlineData("/2/users?ids=1&user.fields=shoe_size")]
    [InlineData("/2/users?ids=1&tweet.field=lang")]
    [InlineData("/2/users/1500000000000000001/tweets?max_results=4")]
    [InlineData("/2/users/1500000000000000001/tweets?post.fields=lang")]
    [InlineData("/2/users/1500000000000000001/tweets?pagination_token=x")]
    [InlineData("/2/users/1500000000000000001/list_memberships?max_results=101")]
    public async Task Request_AgainstTheRules_IsAnInvalidRequest(string path)
    {
        var (status, body) = await GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith("/invalid-request", body.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_MoreThanHundred_AreRefused()
    {
        var (inside, _) = await GetAsync($"/2/users?ids={string.Join(',', Enumerable.Range(1, 100))}");
        var (outside, body) = await GetAsync($"/2/users?ids={string.Join(',', Enumerable.Range(1, 101))}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (inside, outside));
        Assert.Equal("size [101] is not between 1 and 100", body.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task User_Unknown_IsA404()
    {
        var (status, body) = await GetAsync($"/2/users/{_stranger.XId}");

        Assert.Equal((HttpStatusCode.NotFound, "Not Found Error"), (status, body.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Posts_AllPages_ComeNewestFirstAndOnce()
    {
        List<string> ids = [];
        string? next = null;
        do
        {
            var (_, page) = await GetAsync($"/2/users/{_known.XId}/tweets?max_results=5{(next is null ? "" : $"&pagination_token={next}")}");
            ids.AddRange(page.GetProperty("data").EnumerateArray().Select(post => post.GetProperty("id").GetString()!));
            next = page.GetProperty("meta").TryGetProperty("next_token", out var token) ? token.GetString() : null;
        }
        while (next is not null);

        var (_, user) = await GetAsync($"/2/users/{_known.XId}?user.fields=public_metrics");
        Assert.Equal(user.GetProperty("data").GetProperty("public_metrics").GetProperty("tweet_count").GetInt32(), ids.Distinct().Count());
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public async Task Posts_Fields_AreThoseAskedFor()
    {
        var (_, body) = await GetAsync($"/2/users/{_known.XId}/tweets?max_results=100&tweet.fields=created_at,public_metrics,context_annotations,entities,geo,lang,referenced_tweets&expansions=geo.place_id");

        var posts = body.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(posts.Select(post => post.GetProperty("created_at").GetString()).OrderDescending(), posts.Select(post => post.GetProperty("created_at").GetString()));
        Assert.All(posts, post => Assert.True(post.GetProperty("public_metrics").TryGetProperty("retweet_count", out _)));
        var interests = posts.Where(post => post.TryGetProperty("context_annotations", out _)).Select(post => post.GetProperty("context_annotations")[0].GetProperty("entity").GetProperty("name").GetString());
        Assert.Subset(_known.Interests.ToHashSet(), interests.OfType<string>().ToHashSet());
        var tagged = posts.Where(post => post.TryGetProperty("geo", out _)).Select(post => post.GetProperty("geo").GetProperty("place_id").GetString()).Distinct().ToList();
        Assert.Equal(tagged, tagged.Count == 0 ? [] : body.GetProperty("includes").GetProperty("places").EnumerateArray().Select(place => place.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Posts_NewVocabulary_HasTheNewNames()
    {
        await using var newer = await XSimulator.StartAsync(new XSimulatorOptions { Population = _simulator.Population, NewVocabulary = true });

        using var answer = JsonDocument.Parse(await _http.GetStringAsync($"{newer.BaseUrl}/2/users/{_known.XId}/tweets?max_results=100&post.fields=public_metrics&expansions=referenced_posts"));

        var posts = answer.RootElement.GetProperty("data").EnumerateArray().ToList();
        Assert.All(posts, post => Assert.True(post.GetProperty("public_metrics").TryGetProperty("repost_count", out _)));
        Assert.Contains(posts, post => post.TryGetProperty("referenced_posts", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync($"{newer.BaseUrl}/2/users/{_known.XId}/tweets?tweet.fields=lang")).StatusCode);
    }

    [Fact]
    public async Task Posts_ProtectedUser_AreNotForApps()
    {
        await using var simulator = await XSimulator.StartAsync(new XSimulatorOptions { Population = new SimulatedPopulation(11, 400) });
        var kinds = new Dictionary<string, int>();
        foreach (var user in Enumerable.Range(0, 400).Select(simulator.Population.GetUser).Where(user => user.XId is not null))
        {
            using var answer = JsonDocument.Parse(await _http.GetStringAsync($"{simulator.BaseUrl}/2/users/{user.XId}/tweets"));
            var kind = answer.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("type").GetString()!.Split('/')[^1] : "read";
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        Assert.Equal(["not-authorized-for-resource", "read", "resource-not-found"], kinds.Keys.Order());
        Assert.True(kinds["read"] > kinds["resource-not-found"]);
    }

    [Fact]
    public async Task Windows_EachEndpointAndToken_CountOnTheirOwn()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync($"/2/users?ids={_known.XId}")).Status);
        }

        var (limited, body) = await GetAsync($"/2/users?ids={_known.XId}");
        var otherEndpoint = (await GetAsync($"/2/users/by?usernames={_known.XUsername}")).Status;
        Authenticate(_simulator.AppTokens.Issue());
        var otherToken = (await GetAsync($"/2/users?ids={_known.XId}")).Status;
        Authenticate(_simulator.BearerToken);
        _time.Advance(TimeSpan.FromMinutes(15));
        var later = (await GetAsync($"/2/users?ids={_known.XId}")).Status;

        Assert.Equal((HttpStatusCode.TooManyRequests, "Too Many Requests"), (limited, body.GetProperty("title").GetString()));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [otherEndpoint, otherToken, later]);
    }

    [Fact]
    public async Task Windows_Headers_SayWhatIsLeftAndUntilWhen()
    {
        using var response = await _http.GetAsync($"{_simulator.BaseUrl}/2/users/{_known.XId}/list_memberships");

        Assert.Equal(["2", "1", (_time.GetUtcNow() + TimeSpan.FromMinutes(15)).ToUnixTimeSeconds().ToString()], new[] { "limit", "remaining", "reset" }.Select(name => response.Headers.GetValues($"x-rate-limit-{name}").Single()));
    }

    [Fact]
    public async Task Posts_BeyondTheCap_AreUsageCapped()
    {
        await using var simulator = await XSimulator.StartAsync(new XSimulatorOptions { Population = _simulator.Population, PostCap = 1 });

        using var response = await _http.GetAsync($"{simulator.BaseUrl}/2/users/{_known.XId}/tweets?max_results=5");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("usage-capped", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_ClientCredentials_MustBeRightAndInTheHeader(bool inHeader)
    {
        var tokens = _simulator.AppTokens;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_simulator.BaseUrl}/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), .. inHeader ? Array.Empty<KeyValuePair<string, string>>() : [new("client_id", tokens.ClientId), new("client_secret", tokens.ClientSecret)]]),
        };
        if (inHeader)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{tokens.ClientId}:{tokens.ClientSecret}")));
        }

        using var response = await _http.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(inHeader ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(inHeader, body.RootElement.TryGetProperty("access_token", out _) && !body.RootElement.TryGetProperty("expires_in", out _));
    }

    [Fact]
    public async Task Token_OfAUser_ExpiresAndMayNotReadTheUsage()
    {
        Authenticate(_simulator.UserTokens.Issue());
        var (usage, me, user) = ((await GetAsync("/2/usage/tweets")).Status, (await GetAsync("/2/users/me")).Status, (await GetAsync($"/2/users?ids={_known.XId}")).Status);
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (usage, me, user, (await GetAsync($"/2/users?ids={_known.XId}")).Status));
    }

    [Fact]
    public async Task Errors_EachByName_AnswersInItsShape()
    {
        foreach (var error in _simulator.Errors)
        {
            _simulator.FailNext(error, text: "quoted");
            using var response = await _http.GetAsync($"{_simulator.BaseUrl}/2/users?ids={_known.XId}");
            var body = await response.Content.ReadAsStringAsync();

            Assert.True(error is "user_not_found_in_answer" or "not_authorized_for_resource" == response.IsSuccessStatusCode, error);
            Assert.True(error == "rate_limit_text" || JsonDocument.Parse(body).RootElement.ValueKind == JsonValueKind.Object, error);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"/2/users?ids={_known.XId}")).Status); // none of them counted
    }

    [Fact]
    public async Task UnknownRoute_Always_IsNotFound()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/3/users")).Status);
        Assert.Equal(1, _simulator.RequestCounts["unknown"]);
    }

    [Fact]
    public async Task Answer_SameSeed_HasTheSameBytes()
    {
        await using var other = await XSimulator.StartAsync(new XSimulatorOptions { Population = new SimulatedPopulation(11, 400) });
        var path = $"/2/users/{_known.XId}/tweets?max_results=100&tweet.fields=created_at,public_metrics,context_annotations,entities,geo";

        Assert.Equal(await _http.GetStringAsync(_simulator.BaseUrl + path), await _http.GetStringAsync(other.BaseUrl + path));
    }

    private void Authenticate(string token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(_simulator.BaseUrl + path);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
