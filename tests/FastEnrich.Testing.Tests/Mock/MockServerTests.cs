using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Mock;

public sealed class MockServerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private MockServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MockServer.StartAsync(new MockServerOptions { TimeProvider = _time, MaxLoggedRequests = 5, MaxBodyBytes = 8 });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Map_Placeholders_MatchWholeSegmentsAndAreDecodedOnce()
    {
        _server.Map("GET", "/users/{id}/orders/{*rest}").Respond(static request => MockResponse.Text($"{request.Values["id"]}|{request.Values["rest"]}"));

        Assert.Equal("a/b|1/2", await TextAsync("/users/a%2Fb/orders/1/2"));
        Assert.Equal(HttpStatusCode.NotImplemented, (await GetAsync("/users/a/b/orders")).StatusCode);
    }

    [Fact]
    public async Task Map_QueryHeaderBodyAndMethod_AllMustHold()
    {
        _server.Map("POST", "/x").WithQuery("q", "a b").WithHeader("X-Key", "k").WithBody(static body => body == "yes").When("short", static request => request.Target.Length < 20).Respond(MockResponse.Text("hit"));

        Assert.Equal("hit", await SendAsync("POST", "/x?q=a%20b", "k", "yes"));
        Assert.All(
            [await SendAsync("PUT", "/x?q=a%20b", "k", "yes"), await SendAsync("POST", "/x?q=a", "k", "yes"), await SendAsync("POST", "/x?q=a%20b", "l", "yes"), await SendAsync("POST", "/x?q=a%20b", "k", "no"), await SendAsync("POST", "/x?q=a%20b&r=123456789", "k", "yes")],
            static text => Assert.NotEqual("hit", text));
    }

    [Fact]
    public async Task Respond_Sequence_AnswersInOrderAndThenTheLast()
    {
        var route = _server.Map("GET", "/x").Respond(MockResponse.Empty(500), MockResponse.Text("second"), MockResponse.Text("last"));

        Assert.Equal(HttpStatusCode.InternalServerError, (await GetAsync("/x")).StatusCode);
        Assert.Equal(["second", "last", "last"], [await TextAsync("/x"), await TextAsync("/x"), await TextAsync("/x")]);
        Assert.Equal(4, route.Calls);
    }

    [Fact]
    public async Task Unmatched_Request_Gets501AndIsListed()
    {
        _server.Map("GET", "/known");

        var response = await GetAsync("/unknown?x=1");

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Equal("No route of the mock server matches GET /unknown?x=1. The routes are: GET /known.", await response.Content.ReadAsStringAsync());
        Assert.Equal("GET /unknown?x=1", Assert.Single(_server.Unmatched).ToString());
        Assert.Contains("/unknown", Assert.Throws<ConformanceException>(_server.AssertAllMatched).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_MoreThanTheLogHolds_DropsTheOldestAndCounts()
    {
        _server.Map("*", "/{*all}");
        for (var i = 0; i < 7; i++)
        {
            await SendAsync("POST", $"/{i}", "k", "0123456789");
        }

        Assert.Equal((5, 2L), (_server.Requests.Count, _server.Requests.Dropped));
        Assert.Equal("/2", _server.Requests.First().Target);
        Assert.All(_server.Requests, static request => Assert.Equal(("01234567", true), (request.BodyText, request.IsBodyCut)));
    }

    [Fact]
    public async Task AssertCalled_OtherCount_FailsAndListsTheRequests()
    {
        _server.Map("*", "/{*all}");
        await GetAsync("/a/1");

        Assert.Single(_server.Requests.AssertCalled("GET", "/a/{id}", 1));
        Assert.Contains("GET /a/1", Assert.Throws<ConformanceException>(() => _server.Requests.AssertCalled("GET", "/b")).Message, StringComparison.Ordinal);
        Assert.Throws<ConformanceException>(() => _server.Requests.AssertCalled("GET", "/a/{id}", 2));
    }

    [Fact]
    public async Task Delay_AnswersWhenTheClockSaysSo()
    {
        _server.Map("GET", "/x").Respond(MockResponse.Text("late").After(TimeSpan.FromHours(1)));

        var answer = TextAsync("/x");
        await _server.Requests.WaitAsync().WaitAsync(s_patience);
        await AdvanceUntilAsync(answer, TimeSpan.FromHours(1));

        Assert.Equal("late", await answer);
    }

    [Fact]
    public async Task Gate_AnswersWhenItOpens()
    {
        var gate = new TaskCompletionSource();
        _server.Map("GET", "/x").Respond(MockResponse.Text("now").Behind(gate.Task));

        var answer = TextAsync("/x");
        await _server.Requests.WaitAsync().WaitAsync(s_patience);
        Assert.False(answer.IsCompleted);
        gate.SetResult();

        Assert.Equal("now", await answer.WaitAsync(s_patience));
    }

    [Fact]
    public async Task Dripping_SendsThePiecesAsTheClockSays()
    {
        _server.Map("GET", "/x").Respond(MockResponse.Text("abc").Dripping(1, TimeSpan.FromMinutes(1)));

        var answer = TextAsync("/x");
        await _server.Requests.WaitAsync().WaitAsync(s_patience);
        await AdvanceUntilAsync(answer, TimeSpan.FromMinutes(1));

        Assert.Equal("abc", await answer);
    }

    [Fact]
    public async Task Reset_AndTruncated_BreakTheConnection()
    {
        _server.Map("GET", "/reset").Respond(MockResponse.Reset());
        _server.Map("GET", "/cut").Respond(MockResponse.Text("0123456789").Truncated());

        await Assert.ThrowsAsync<HttpRequestException>(() => TextAsync("/reset"));
        await Assert.ThrowsAsync<HttpRequestException>(() => TextAsync("/cut"));
    }

    [Fact]
    public async Task Huge_SendsAsManyBytesWithoutALength()
    {
        _server.Map("GET", "/x").Respond(MockResponse.Huge(1_000_001));

        using var response = await _client.GetAsync(_server.Url + "/x", HttpCompletionOption.ResponseHeadersRead);

        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Equal(1_000_001, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Hang_DisposeAsync_EndsTheCall()
    {
        _server.Map("GET", "/x").Respond(MockResponse.Hang());
        var answer = TextAsync("/x");
        await _server.Requests.WaitAsync().WaitAsync(s_patience);

        await _server.DisposeAsync().AsTask().WaitAsync(s_patience);

        await Assert.ThrowsAsync<HttpRequestException>(() => answer.WaitAsync(s_patience));
    }

    [Fact]
    public async Task RefuseConnectionsAsync_UntilListenAsync_ConnectionsAreRefusedOnTheSamePort()
    {
        _server.Map("GET", "/x").Respond(MockResponse.Text("back"));
        var url = _server.Url;

        await _server.RefuseConnectionsAsync();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => TextAsync("/x"));
        await _server.ListenAsync();

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal((url, "back"), (_server.Url, await TextAsync("/x")));
    }

    [Fact]
    public async Task Redirect_AndGarbage_AreWhatTheySay()
    {
        _server.Map("GET", "/moved").Respond(MockResponse.Redirect("http://other.test/"));
        _server.Map("GET", "/html").Respond(MockResponse.Garbage());

        Assert.Equal((HttpStatusCode.Found, "http://other.test/"), ((await GetAsync("/moved")).StatusCode, (await GetAsync("/moved")).Headers.Location!.ToString()));
        Assert.StartsWith("<html>", await TextAsync("/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Intercept_UntilDisposed_AnswersBeforeTheRoutes()
    {
        _server.Map("GET", "/{*all}").Respond(MockResponse.Text("route"));
        var interception = _server.Intercept(static request => request.Path == "/a" ? MockResponse.Text("intercepted") : null);

        Assert.Equal(("intercepted", "route"), (await TextAsync("/a"), await TextAsync("/b")));
        interception.Dispose();
        Assert.Equal("route", await TextAsync("/a"));
    }

    [Fact]
    public async Task ForwardTo_UnmatchedRequests_ReachTheOtherServerUnchanged()
    {
        await using var other = await MockServer.StartAsync();
        other.Map("POST", "/{*all}").Respond(static request => MockResponse.Text($"{request.Target} {request.Header("X-Key")} {request.BodyText}", status: 418).WithHeader("X-Answer", "42"));
        _server.ForwardTo(other.Url);

        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Url + "/a%2Fb/%2e%2e?q=%27", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = new StringContent("0123456789") };
        message.Headers.Add("X-Key", "k");
        using var response = await _client.SendAsync(message);

        Assert.Equal((418, "42"), ((int)response.StatusCode, response.Headers.GetValues("X-Answer").Single()));
        Assert.Equal("/a%2Fb/%2e%2e?q=%27 k 0123456789", await response.Content.ReadAsStringAsync());
        Assert.Empty(_server.Unmatched);
    }

    [Fact]
    public async Task StartAsync_ManyAtOnce_EachAnswersForItself()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var server = await MockServer.StartAsync();
            server.Map("GET", "/x").Respond(MockResponse.Text($"{i}"));
            return await _client.GetStringAsync(server.Url + "/x");
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), answers);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("/users?id=1")]
    public void Map_PathThatIsNone_IsRefused(string pattern) => Assert.Throws<ArgumentException>(() => _server.Map("GET", pattern));

    private Task<HttpResponseMessage> GetAsync(string target) => _client.GetAsync(_server.Url + target);

    private Task<string> TextAsync(string target) => _client.GetStringAsync(_server.Url + target);

    private async Task<string> SendAsync(string method, string target, string key, string body)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), _server.Url + target) { Content = new StringContent(body, Encoding.UTF8) };
        message.Headers.Add("X-Key", key);
        using var response = await _client.SendAsync(message);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The timer may be set after the request was logged, so time goes on until the answer is there.</summary>
    private async Task AdvanceUntilAsync(Task answer, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (!answer.IsCompleted && !limit.IsCancellationRequested)
        {
            _time.Advance(step);
            await Task.Yield();
        }
    }
}
