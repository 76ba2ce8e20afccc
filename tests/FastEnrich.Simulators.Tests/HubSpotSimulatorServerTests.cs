using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The simulator over real connections, asked as the vendor's documentation says.</summary>
public sealed class HubSpotSimulatorServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private HubSpotSimulator _simulator = null!;
    private SimulatedUser _known = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = new SimulatedPopulation(11, 200), RequestsPerTenSeconds = 5, RequestsPerDay = 12, TimeProvider = _time });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _simulator.Token);
        var users = Enumerable.Range(0, 200).Select(_simulator.Population.GetUser).ToList();
        _known = users.First(user => user.KnownTo.Contains(SimulatedSystem.HubSpot) && user.Deals.Count > 1);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.HubSpot));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Contact_WithoutProperties_BringsTheDefaultOnes()
    {
        var (status, body) = await GetAsync($"/crm/v3/objects/contacts/{_known.Id}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"], body.GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Contact_WithProperties_BringsTextsOrNullAndIgnoresUnknownOnes()
    {
        var (_, body) = await GetAsync($"/crm/v3/objects/contacts/{_known.Id}?properties=lead_score,num_notes,no_such_thing&associations=deals");

        var properties = body.GetProperty("properties");
        Assert.Equal(JsonValueKind.String, properties.GetProperty("lead_score").ValueKind);
        Assert.Equal(JsonValueKind.Null, properties.GetProperty("num_notes").ValueKind);
        Assert.False(properties.TryGetProperty("no_such_thing", out _));
        Assert.Equal(_known.Deals.Select(deal => deal.Id), body.GetProperty("associations").GetProperty("deals").GetProperty("results").EnumerateArray().Select(deal => deal.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Contact_ByEmail_IsTheSame()
    {
        var (_, body) = await GetAsync($"/crm/v3/objects/contacts/{Uri.EscapeDataString(_known.Email)}?idProperty=email");

        Assert.Equal(_known.Id, body.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("..%2F..")]
    [InlineData("%2F")]
    [InlineData("a%22%0Ab")]
    public async Task Contact_Unknown_IsObjectNotFound(string escapedId)
    {
        var (status, body) = await GetAsync($"/crm/v3/objects/contacts/{escapedId}");

        Assert.Equal((HttpStatusCode.NotFound, "OBJECT_NOT_FOUND"), (status, body.GetProperty("category").GetString()));
        Assert.Equal(1, _simulator.RequestCounts["contact"]);
    }

    [Fact]
    public async Task Contact_WrongToken_IsInvalidAuthentication()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "other");

        var (status, body) = await GetAsync($"/crm/v3/objects/contacts/{_known.Id}");

        Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_AUTHENTICATION"), (status, body.GetProperty("category").GetString()));
    }

    [Fact]
    public async Task ContactsBatch_UnknownMember_IsPartial()
    {
        var (status, body) = await PostAsync("/crm/v3/objects/contacts/batch/read", [_known.Id, _stranger.Id]);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Equal(_known.Id, Assert.Single(body.GetProperty("results").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(_stranger.Id, body.GetProperty("errors")[0].GetProperty("context").GetProperty("ids")[0].GetString());
    }

    [Theory]
    [InlineData("/crm/v3/objects/contacts/batch/read", 100)]
    [InlineData("/crm/v3/objects/deals/batch/read", 100)]
    [InlineData("/crm/v4/associations/contacts/deals/batch/read", 1000)]
    public async Task Batch_OverTheLimit_IsAValidationError(string path, int limit)
    {
        var (inside, _) = await PostAsync(path, [.. Enumerable.Range(1, limit).Select(id => $"{id}")]);
        var (outside, body) = await PostAsync(path, [.. Enumerable.Range(1, limit + 1).Select(id => $"{id}")]);

        Assert.Equal((HttpStatusCode.MultiStatus, HttpStatusCode.BadRequest), (inside, outside));
        Assert.Equal("VALIDATION_ERROR", body.GetProperty("category").GetString());
    }

    [Fact]
    public async Task Batch_SameIdTwice_IsAValidationError() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/crm/v3/objects/contacts/batch/read", [_known.Id, _known.Id])).Status);

    [Fact]
    public async Task Associations_BatchAndSingle_NameTheSameDeals()
    {
        var (_, batch) = await PostAsync("/crm/v4/associations/contacts/deals/batch/read", [_known.Id]);
        var (_, single) = await GetAsync($"/crm/v4/objects/contacts/{_known.Id}/associations/deals");

        var expected = _known.Deals.Select(deal => deal.Id);
        Assert.Equal(expected, batch.GetProperty("results")[0].GetProperty("to").EnumerateArray().Select(deal => deal.GetProperty("toObjectId").GetRawText()));
        Assert.Equal(expected, single.GetProperty("results").EnumerateArray().Select(deal => deal.GetProperty("toObjectId").GetRawText()));
    }

    [Fact]
    public async Task RateLimit_WindowAndDay_Count()
    {
        List<string?> policies = [];
        for (var i = 0; i < 14; i++)
        {
            var (_, body) = await GetAsync("/account-info/v3/api-usage/daily/private-apps");
            policies.Add(body.TryGetProperty("policyName", out var policy) ? policy.GetString() : null);
            if (i is 5 or 9)
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }
        }

        Assert.Equal([null, null, null, null, null, "TEN_SECONDLY_ROLLING", null, null, null, null, null, null, "DAILY", "DAILY"], policies);
    }

    [Fact]
    public async Task RateLimit_Headers_SayWhatIsLeft()
    {
        using var response = await _http.GetAsync($"{_simulator.BaseUrl}/crm/v3/objects/contacts/{_known.Id}");

        Assert.Equal("4", response.Headers.GetValues("X-HubSpot-RateLimit-Remaining").Single());
        Assert.Equal("10000", response.Headers.GetValues("X-HubSpot-RateLimit-Interval-Milliseconds").Single());
        Assert.Equal("11", response.Headers.GetValues("X-HubSpot-RateLimit-Daily-Remaining").Single());
    }

    [Fact]
    public async Task UnknownRoute_Always_IsAPage()
    {
        using var response = await _http.GetAsync($"{_simulator.BaseUrl}/crm/v9/objects/contacts/1");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task FaultRate_SameSeed_FailsTheSameRequests()
    {
        var options = new HubSpotSimulatorOptions { Population = new SimulatedPopulation(21, 10), FaultRate = 0.3 };

        var first = await StatusesAsync(options);

        Assert.Equal(first, await StatusesAsync(options));
        Assert.InRange(first.Count(status => status != HttpStatusCode.OK), 10, 50);
    }

    [Fact]
    public async Task Answer_SameSeed_HasTheSameBytes()
    {
        await using var other = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = new SimulatedPopulation(11, 200) });
        var path = $"/crm/v3/objects/contacts/{_known.Id}?properties=email,lead_score,hs_analytics_last_visit_timestamp";

        Assert.Equal(await _http.GetStringAsync(_simulator.BaseUrl + path), await _http.GetStringAsync(other.BaseUrl + path));
    }

    private async Task<List<HttpStatusCode>> StatusesAsync(HubSpotSimulatorOptions options)
    {
        await using var simulator = await HubSpotSimulator.StartAsync(options);
        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < 100; i++)
        {
            using var response = await _http.GetAsync($"{simulator.BaseUrl}/account-info/v3/api-usage/daily/private-apps");
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        var uri = new Uri(_simulator.BaseUrl + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var response = await _http.GetAsync(uri);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string[] ids)
    {
        var inputs = string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""));
        using var content = new StringContent($$"""{"inputs":[{{inputs}}]}""", Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(_simulator.BaseUrl + path, content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
