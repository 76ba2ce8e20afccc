using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The simulator over real connections, asked as the vendor's specification says.</summary>
public sealed class PipedriveSimulatorServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private PipedriveSimulator _simulator = null!;
    private SimulatedUser _known = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = new SimulatedPopulation(11, 200), RequestsPerTwoSeconds = 5, SearchesPerTwoSeconds = 2, TokensPerDay = 60, TimeProvider = _time });
        _http.DefaultRequestHeaders.Add("x-api-token", _simulator.Token);
        var users = Enumerable.Range(0, 200).Select(_simulator.Population.GetUser).ToList();
        _known = users.First(user => user.KnownTo.Contains(SimulatedSystem.Pipedrive) && user.Deals.Count > 2 && user.Interests.Count > 0);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Pipedrive));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Person_WithoutMore_BringsNeitherCountersNorLabels()
    {
        var (status, body) = await GetAsync($"/api/v2/persons/{_known.Id}");

        var person = body.GetProperty("data");
        Assert.Equal((HttpStatusCode.OK, _known.Email), (status, person.GetProperty("emails")[0].GetProperty("value").GetString()));
        Assert.False(person.TryGetProperty("won_deals_count", out _) || person.TryGetProperty("labels", out _));
        Assert.Equal(JsonValueKind.Number, person.GetProperty("custom_fields").GetProperty(PipedriveKeys.Gender).ValueKind);
    }

    [Fact]
    public async Task Person_WithFieldsAndLabels_BringsThem()
    {
        var (_, body) = await GetAsync($"/api/v2/persons/{_known.Id}?include_fields=won_deals_count,notes_count&include_labels=true&include_option_labels=true&custom_fields={PipedriveKeys.Interests}");

        var person = body.GetProperty("data");
        Assert.Equal(_known.Deals.Count(deal => deal.Stage == "closedwon"), person.GetProperty("won_deals_count").GetInt32());
        Assert.Equal(_known.Interests, Assert.Single(person.GetProperty("custom_fields").EnumerateObject()).Value.EnumerateArray().Select(option => option.GetProperty("label").GetString()));
        Assert.Equal(JsonValueKind.Array, person.GetProperty("labels").ValueKind);
    }

    [Theory]
    [InlineData("/api/v2/persons/abc", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons/%2F", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons/1", HttpStatusCode.NotFound)]
    [InlineData("/api/v2/persons/1?include_fields=secrets", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons?ids=1,x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons?ids=1&limit=501", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons?ids=1&cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/persons/search?term=a&fields=email", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/deals?person_id=1&status=closed", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/persons/1", HttpStatusCode.NotFound)]
    public async Task Request_AgainstTheSpecification_IsRefused(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await GetAsync(path)).Status);

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Persons_Ids_AreAHundredAtMost(int count, HttpStatusCode expected) =>
        Assert.Equal(expected, (await GetAsync($"/api/v2/persons?ids={string.Join(',', Enumerable.Range(1, count))}")).Status);

    [Fact]
    public async Task Persons_MissingOnes_AreLeftOut()
    {
        var (_, body) = await GetAsync($"/api/v2/persons?ids={_stranger.Id},{_known.Id}");

        Assert.Equal(_known.Id, Assert.Single(body.GetProperty("data").EnumerateArray()).GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task Deals_Cursor_LeadsToTheEnd()
    {
        List<string> ids = [];
        for (var cursor = ""; cursor is not null;)
        {
            var (_, body) = await GetAsync($"/api/v2/deals?person_id={_known.Id}&limit=2{cursor}");
            ids.AddRange(body.GetProperty("data").EnumerateArray().Select(deal => deal.GetProperty("id").GetRawText()));
            cursor = body.GetProperty("additional_data").GetProperty("next_cursor").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }

        Assert.Equal(_known.Deals.Select(deal => deal.Id).Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task Search_ByEmailInAnyCase_FindsThePerson()
    {
        var (_, body) = await GetAsync($"/api/v2/persons/search?term={Uri.EscapeDataString(_known.Email.ToUpperInvariant())}&fields=email&exact_match=true");

        Assert.Equal(_known.Id, body.GetProperty("data").GetProperty("items")[0].GetProperty("item").GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task Request_WithoutToken_IsUnauthorized()
    {
        _http.DefaultRequestHeaders.Remove("x-api-token");

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync($"/api/v2/persons/{_known.Id}?api_token={_simulator.Token}")).Status);
    }

    [Fact]
    public async Task Token_RefreshGrant_IsTakenUntilItExpires()
    {
        _http.DefaultRequestHeaders.Remove("x-api-token");
        using var request = new HttpRequestMessage(HttpMethod.Post, _simulator.BaseUrl + "/oauth/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", _simulator.Tokens.RefreshToken)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_simulator.Tokens.ClientId}:{_simulator.Tokens.ClientSecret}")));
        using var response = await _http.SendAsync(request);
        var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());

        var before = await GetAsync($"/api/v2/persons/{_known.Id}");
        _simulator.Tokens.ExpireAll();
        var after = await GetAsync($"/api/v2/persons/{_known.Id}");

        Assert.Equal((_simulator.BaseUrl, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (answer.GetProperty("api_domain").GetString(), before.Status, after.Status));
    }

    [Fact]
    public async Task Requests_BeyondTheWindow_Are429UntilItEnds()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync($"/api/v2/persons/{_known.Id}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync($"/api/v2/persons/{_known.Id}")).Status);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"/api/v2/persons/{_known.Id}")).Status);
        Assert.Equal(6, _simulator.TokensUsed);
    }

    [Fact]
    public async Task Requests_BeyondTheBudget_SayThatNothingIsLeft()
    {
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await GetAsync("/api/v2/persons/search?term=xy&fields=email");
        }

        using var response = await _http.GetAsync(new Uri($"{_simulator.BaseUrl}/api/v2/persons/{_known.Id}"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "0"), (response.StatusCode, response.Headers.GetValues("x-daily-ratelimit-token-remaining").Single()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_simulator.BaseUrl + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonDocument.Parse(body).RootElement : default);
    }
}
