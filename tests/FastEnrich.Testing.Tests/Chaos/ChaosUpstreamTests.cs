using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Chaos;

public sealed class ChaosUpstreamTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ChaosUpstream _chaos;
    private readonly UpstreamClient _client;

    public ChaosUpstreamTests()
    {
        _chaos = new ChaosUpstream(new Answering(), seed: 3, _time);
        _client = new UpstreamClient("crm", _chaos, new UpstreamClientOptions { TimeProvider = _time });
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task SendAsync_NothingSet_AnswersAsTheInnerOne()
    {
        var response = await SendAsync();

        Assert.Equal("{\"name\":\"Ada\"}", Encoding.UTF8.GetString(response.Body.Span));
    }

    [Fact]
    public async Task SendAsync_Refuse_IsAConnectionError()
    {
        _chaos.Refuse.Next(1);

        Assert.Equal(PluginErrorCode.ConnectionError, (await FailAsync()).Code);
        Assert.True((await SendAsync()).IsSuccess);
    }

    [Fact]
    public async Task SendAsync_Hang_EndsByTheTimeout()
    {
        _chaos.Hang.Always();
        var failing = FailAsync();

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(PluginErrorCode.TimeoutError, (await failing).Code);
    }

    [Fact]
    public async Task SendAsync_Error_HasStatusAndRetryAfter()
    {
        _chaos.Error.Always();
        _chaos.ErrorStatus = HttpStatusCode.TooManyRequests;
        _chaos.RetryAfter = TimeSpan.FromSeconds(7);

        var response = await SendAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (response.StatusCode, response.RetryAfter));
    }

    [Fact]
    public async Task SendAsync_Cut_BreaksOffInTheBody()
    {
        _chaos.Cut.Always();

        Assert.Equal(PluginErrorCode.ConnectionError, (await FailAsync()).Code);
    }

    [Fact]
    public async Task SendAsync_Garble_IsNoJson()
    {
        _chaos.Garble.Always();

        Assert.StartsWith("<html>", Encoding.UTF8.GetString((await SendAsync()).Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Latency_AnswersWhenItIsOver()
    {
        _chaos.Refuse.Delay(TimeSpan.FromSeconds(3));
        var sending = SendAsync();

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await sending).IsSuccess);
    }

    private async Task<UpstreamResponse> SendAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://upstream.test/");
        return await _client.SendAsync(request, "read", CancellationToken.None);
    }

    private Task<PluginException> FailAsync() => Assert.ThrowsAsync<PluginException>(SendAsync);

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent("{\"name\":\"Ada\"}") });
    }
}
