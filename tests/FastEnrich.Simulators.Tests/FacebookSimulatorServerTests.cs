using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The simulator over real connections, asked as the vendor's documentation says.</summary>
public sealed class FacebookSimulatorServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private FacebookSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _other = null!;
    private string _token = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = new SimulatedPopulation(11, 300), CallsPerHour = 20, TokenLifetime = TimeSpan.FromHours(2), TimeProvider = _time });
        var users = Enumerable.Range(1, 299).Select(_simulator.Population.GetUser).Where(user => user.FacebookId is not null && user.KnownTo.Contains(SimulatedSystem.Facebook)).ToList();
        (_user, _other) = (users[0], users[1]);
        _token = (await _simulator.TokenSource.GetTokenAsync(_user.Id, default))!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("/v25.0/")]
    [InlineData("/v26.1/")]
    [InlineData("/")]
    public async Task User_WithoutFields_BringsIdAndName(string version)
    {
        var (status, body) = await GetAsync($"{version}{_user.FacebookId}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["id", "name"], body.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task User_Me_IsTheTokensOwner() => Assert.Equal(_user.FacebookId, (await GetAsync("/me")).Body.GetProperty("id").GetString());

    [Fact]
    public async Task User_ExpandedFields_BringWhatIsAskedAndNoMore()
    {
        var (_, body) = await GetAsync("/me?fields=gender,location{name,location{city}},friends.limit(0).summary(total_count),likes.limit(2){category}");

        Assert.Equal(["gender", "location", "friends", "likes", "id"], body.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["name", "location", "id"], body.GetProperty("location").EnumerateObject().Select(field => field.Name));
        Assert.Equal(_user.City.Name, body.GetProperty("location").GetProperty("location").GetProperty("city").GetString());
        Assert.Equal((0, true), (body.GetProperty("friends").GetProperty("data").GetArrayLength(), body.GetProperty("friends").GetProperty("summary").GetProperty("total_count").GetInt32() > 0));
        Assert.All(body.GetProperty("likes").GetProperty("data").EnumerateArray(), page => Assert.Equal(["category", "id"], page.EnumerateObject().Select(field => field.Name)));
    }

    [Theory]
    [InlineData("bogus", 100)]
    [InlineData("work", 100)]
    [InlineData("location{bogus}", 100)]
    [InlineData("gender{name}", 100)]
    [InlineData("likes.limit(2", 100)]
    [InlineData("likes{name", 100)]
    [InlineData("{}", 100)]
    public async Task User_FieldsThatAreNone_AreAnError(string fields, int code) => await AssertErrorAsync($"/me?fields={Uri.EscapeDataString(fields)}", code);

    [Fact]
    public async Task User_RevokedPermission_LeavesItsFieldOut()
    {
        _simulator.Revoke("user_gender");

        var (_, body) = await GetAsync("/me?fields=gender,birthday");

        Assert.False(body.TryGetProperty("gender", out _));
        Assert.True(body.TryGetProperty("birthday", out _));
    }

    [Fact]
    public async Task User_SomebodyElse_DoesNotExistForTheToken() => await AssertErrorAsync($"/{_other.FacebookId}", 100, 33);

    [Theory]
    [InlineData("/zuck", 803)]
    [InlineData("/4", 100)]
    [InlineData("/me/groups", 2500)]
    [InlineData("/a/b/c", 2500)]
    [InlineData("/..%2F", 803)]
    public async Task Call_OfNothingThere_IsAnError(string path, int code) => await AssertErrorAsync(path, code);

    [Theory]
    [InlineData(null, 100)]
    [InlineData("00", 100)]
    public async Task Call_WithoutItsProof_IsRefused(string? proof, int code)
    {
        using var request = Request("/me", proof);
        Assert.Equal(code, (await SendAsync(request)).Body.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Call_TokenInTheQuery_IsTakenToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_simulator.BaseUrl}/me?access_token={_token}&appsecret_proof={Proof(_token)}");

        Assert.Equal(_user.FacebookId, (await SendAsync(request)).Body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Call_TokenExpired_Is463UntilTheSourceGivesANewOne()
    {
        _time.Advance(TimeSpan.FromHours(3));
        var held = (await _simulator.TokenSource.GetTokenAsync(_user.Id, default))!;
        await AssertErrorAsync("/me", 190, 463);

        _simulator.TokenSource.Invalidate(_user.Id, held);
        _token = (await _simulator.TokenSource.GetTokenAsync(_user.Id, default))!.Value;

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Call_TokenTakenBack_IsRefusedAsOrdered()
    {
        _simulator.RefuseTokens(_user, "password_changed");

        await AssertErrorAsync("/me", 190, 460);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("EAASIM4x1")]
    [InlineData("EAASIMx")]
    public async Task Call_TokenOfNobody_IsInvalid(string token)
    {
        _token = token;

        await AssertErrorAsync("/me", 190);
    }

    [Fact]
    public async Task Edge_Pages_LeadToTheEndByCursorAndByAddress()
    {
        List<string> names = [], byAddress = [];
        for (var path = "/me/likes?fields=name&limit=5"; path is not null; path = (await AddAsync(path, names)) is { } after ? $"/me/likes?fields=name&limit=5&after={after}" : null)
        {
        }

        _time.Advance(TimeSpan.FromHours(1));
        var next = (await GetAsync("/me?fields=likes.limit(5){name}")).Body.GetProperty("likes");
        while (next.TryGetProperty("paging", out var paging) && paging.TryGetProperty("next", out var address))
        {
            Assert.StartsWith($"{_simulator.BaseUrl}/v25.0/{_user.FacebookId}/likes?access_token={_token}&", address.GetString(), StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{address.GetString()}&appsecret_proof={Proof(_token)}");
            next = (await SendAsync(request)).Body;
            byAddress.AddRange(Names(next));
        }

        Assert.Equal(names.Skip(5), byAddress);
    }

    [Fact]
    public async Task Edge_CursorThatIsNone_IsAnError() => await AssertErrorAsync("/me/likes?after=!!", 100);

    [Fact]
    public async Task Batch_Calls_UseTheirOwnTokens()
    {
        var other = (await _simulator.TokenSource.GetTokenAsync(_other.Id, default))!.Value;

        var (_, body) = await BatchAsync($"me?fields=id", $"me?fields=id&access_token={other}&appsecret_proof={Proof(other)}", $"{_user.FacebookId}?access_token={other}&appsecret_proof={Proof(other)}");

        Assert.Equal([200, 200, 400], body.EnumerateArray().Select(item => item.GetProperty("code").GetInt32()));
        Assert.Equal([_user.FacebookId, _other.FacebookId], body.EnumerateArray().Take(2).Select(item => JsonDocument.Parse(item.GetProperty("body").GetString()!).RootElement.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Batch_ItemWithTheRightETag_IsNotModified()
    {
        var (_, first) = await BatchAsync("me");
        var tag = first[0].GetProperty("headers").EnumerateArray().Single(header => header.GetProperty("name").GetString() == "ETag").GetProperty("value").GetString()!;

        var (_, again) = await SendBatchAsync($$"""[{"method":"GET","relative_url":"me","headers":["If-None-Match: {{JsonEncodedText.Encode(tag)}}"]}]""");

        Assert.Equal((304, ""), (again[0].GetProperty("code").GetInt32(), again[0].GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Batch_TooManyOrNone_IsAnErrorOfTheWhole()
    {
        Assert.Equal(100, Code((await BatchAsync([.. Enumerable.Repeat("me", 51)])).Body));
        Assert.Equal(100, Code((await SendBatchAsync("not json")).Body));
        _token = "nonsense";
        Assert.Equal(190, Code((await BatchAsync("me")).Body));
    }

    [Fact]
    public async Task Batch_TimedOutAndFailedCalls_StandInTheirPlaces()
    {
        _simulator.TimeOutNextCall();
        _simulator.FailNextCall("user_limit");

        var (_, body) = await BatchAsync("me", "me", "me");

        Assert.Equal((JsonValueKind.Null, 400, 200), (body[0].ValueKind, body[1].GetProperty("code").GetInt32(), body[2].GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Call_BeyondTheAppsLimit_IsError4AndTheUsageCounts()
    {
        await BatchAsync([.. Enumerable.Repeat("me", 15)]);
        using var request = Request("/me", Proof(_token));
        using var response = await _http.SendAsync(request);

        Assert.Equal(80, JsonDocument.Parse(response.Headers.GetValues("X-App-Usage").Single()).RootElement.GetProperty("call_count").GetInt32());
        await BatchAsync("me", "me", "me", "me");
        await AssertErrorAsync("/me", 4);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/me")).Status);
    }

    [Fact]
    public async Task TokenEndpoint_WithItsKey_HandsOutTokensOfUsersOnFacebook()
    {
        var stranger = Enumerable.Range(0, 300).Select(_simulator.Population.GetUser).First(user => user.FacebookId is null);

        var (_, known) = await TokenAsync(_user.Id, _simulator.PluginConfiguration["token_url_key"]);
        var (_, unknown) = await TokenAsync(stranger.Id, _simulator.PluginConfiguration["token_url_key"]);

        Assert.Equal((_token, _time.GetUtcNow().AddHours(2).ToUnixTimeSeconds()), (known.GetProperty("access_token").GetString(), known.GetProperty("expires_at").GetInt64()));
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("access_token").ValueKind);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(_user.Id, "other")).Status);
    }

    [Fact]
    public async Task SystemToken_ReadsEverybody()
    {
        _token = _simulator.SystemToken;

        Assert.Equal(_other.FacebookId, (await GetAsync($"/{_other.FacebookId}")).Body.GetProperty("id").GetString());
        await AssertErrorAsync("/4", 100, 33);
    }

    [Fact]
    public async Task FailNext_EveryErrorByName_HasTheVendorsShape()
    {
        Assert.Contains("expired_token", _simulator.Errors);
        foreach (var error in _simulator.Errors)
        {
            _simulator.FailNext(error);
            var (status, body) = await GetAsync("/me");
            Assert.InRange((int)status, 400, 599);
            Assert.True(Code(body) > 0 && body.GetProperty("error").GetProperty("message").GetString()!.Length > 5, error);
        }
    }

    [Fact]
    public async Task FailNext_UnknownName_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _simulator.FailNext("no_such_error"));
        Assert.Throws<ArgumentException>(() => _simulator.FailNextCall("no_such_error"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Answers_SameSeed_AreTheSameBytes()
    {
        await using var twin = await FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = new SimulatedPopulation(11, 300), RequiresProof = false, TimeProvider = _time });
        const string Path = "/me?fields=id,birthday,education{school},likes.limit(500){name,category},posts{created_time,shares,reactions.limit(0).summary(total_count)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{twin.BaseUrl}{Path}&access_token={(await twin.TokenSource.GetTokenAsync(_user.Id, default))!.Value}");

        var other = (await SendAsync(request)).Body.GetRawText();

        Assert.Equal((await GetAsync(Path)).Body.GetRawText().Replace(_simulator.BaseUrl, "", StringComparison.Ordinal), other.Replace(twin.BaseUrl, "", StringComparison.Ordinal));
    }

    private static int Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetInt32();

    private static IEnumerable<string> Names(JsonElement edge) => edge.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("name").GetString()!);

    private string Proof(string token) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_simulator.PluginConfiguration["app_secret"]), Encoding.UTF8.GetBytes(token)));

    private HttpRequestMessage Request(string path, string? proof)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{_simulator.BaseUrl}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{(proof is null ? "" : $"appsecret_proof={proof}")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var request = Request(path, Proof(_token));
        return await SendAsync(request);
    }

    private async Task<string?> AddAsync(string path, List<string> names)
    {
        var (_, page) = await GetAsync(path);
        names.AddRange(Names(page));
        return page.TryGetProperty("paging", out var paging) && paging.TryGetProperty("next", out _) ? paging.GetProperty("cursors").GetProperty("after").GetString() : null;
    }

    private async Task AssertErrorAsync(string path, int code, int? subcode = null)
    {
        var error = (await GetAsync(path)).Body.GetProperty("error");
        Assert.Equal((code, subcode), (error.GetProperty("code").GetInt32(), subcode is null ? null : error.GetProperty("error_subcode").GetInt32()));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> BatchAsync(params string[] urls) =>
        SendBatchAsync($"[{string.Join(',', urls.Select(url => $$"""{"method":"GET","relative_url":"{{url}}"}"""))}]");

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendBatchAsync(string batch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_simulator.BaseUrl}/v25.0/")
        {
            Content = new FormUrlEncodedContent([new("batch", batch), new("access_token", _token), new("appsecret_proof", Proof(_token))]),
        };
        return await SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(string userId, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _simulator.TokenUrl) { Content = new StringContent($$"""{"user_id":"{{userId}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}
