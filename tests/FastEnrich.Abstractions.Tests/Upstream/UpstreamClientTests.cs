using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

public sealed partial class UpstreamClientTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task SendAsync_Answer_IsReadWhole()
    {
        var response = await SendAsync(() => Answer("""{"name":"x"}"""u8.ToArray(), headers: ("ETag", "\"v1\"")));

        Assert.True(response.IsSuccess);
        Assert.Equal("x", response.Read(Json.Default.Payload).Name);
        Assert.Equal("\"v1\"", response.ETag);
        Assert.Null(response.RetryAfter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99_999)]
    [InlineData(100_000)]
    public async Task SendAsync_BodyUpToTheLimit_IsWhole(int length)
    {
        var body = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        var response = await SendAsync(() => Streamed(new CountingStream(new MemoryStream(body))));

        Assert.Equal(body, response.Body.ToArray());
    }

    [Fact]
    public async Task SendAsync_BodyOverTheLimit_IsRefusedOneByteLater()
    {
        var stream = new CountingStream(new EndlessStream());

        var failure = await FailAsync(() => Streamed(stream));

        Assert.Equal((PluginErrorCode.InvalidResponse, false), (failure.Code, failure.Retryable));
        Assert.Equal(100_001, stream.BytesRead);
    }

    [Fact]
    public async Task SendAsync_AnnouncedBodyOverTheLimit_IsNotReadAtAll()
    {
        var stream = new CountingStream(new EndlessStream());

        var failure = await FailAsync(() => Streamed(stream, length: 50 * 1024 * 1024));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
        Assert.Equal(0, stream.BytesRead);
    }

    [Fact]
    public async Task SendAsync_DamagedCompression_IsAnInvalidResponse()
    {
        var failure = await FailAsync(() => Streamed(new GZipStream(new MemoryStream("no gzip at all"u8.ToArray()), CompressionMode.Decompress)));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Theory]
    [MemberData(nameof(TransportFailures))]
    public async Task SendAsync_TransportFailure_HasItsCodeAndNoCauseToLeak(string _, Exception thrown, PluginErrorCode code)
    {
        var failure = await FailAsync(() => throw thrown);

        Assert.Equal(("test", "read", code), (failure.Plugin, failure.Operation, failure.Code));
        Assert.DoesNotContain("secret", failure.ToString());
    }

    public static TheoryData<string, Exception, PluginErrorCode> TransportFailures() => new()
    {
        { "refused", new HttpRequestException(HttpRequestError.ConnectionError, "secret:443", new SocketException((int)SocketError.ConnectionRefused)), PluginErrorCode.ConnectionError },
        { "dns", new HttpRequestException(HttpRequestError.NameResolutionError, "secret.host"), PluginErrorCode.ConnectionError },
        { "tls", new HttpRequestException(HttpRequestError.SecureConnectionError, "secret.host"), PluginErrorCode.ConnectionError },
        { "cut off", new HttpIOException(HttpRequestError.ResponseEnded, "secret"), PluginErrorCode.ConnectionError },
        { "connect timeout", new TaskCanceledException("secret", new TimeoutException("secret")), PluginErrorCode.TimeoutError },
        { "bad address", new InvalidOperationException("secret uri"), PluginErrorCode.InvalidConfig },
        { "anything", new ArithmeticException("secret"), PluginErrorCode.ConnectionError },
    };

    [Fact]
    public async Task SendAsync_NoAnswerWithinTheTimeout_IsATimeout()
    {
        using var client = Client(new HangingHandler());
        using var request = Request();

        var call = client.SendAsync(request, "read", TimeSpan.FromSeconds(3), default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await Assert.ThrowsAsync<PluginException>(() => call);
        Assert.Equal((PluginErrorCode.TimeoutError, true), (failure.Code, failure.Retryable));
    }

    [Fact]
    public async Task SendAsync_FlightCancelled_ThrowsForThatToken()
    {
        using var client = Client(new HangingHandler());
        using var request = Request();
        using var flight = new CancellationTokenSource();

        var call = client.SendAsync(request, "read", flight.Token).AsTask();
        await flight.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(flight.Token, cancelled.CancellationToken);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(" 0 ", 0)]
    [InlineData("-5", 0)]
    [InlineData("86400", 86400)]
    [InlineData("86401", 86400)]
    [InlineData("99999999999999999999999", 86400)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("Mon, 01 Mar 2027 12:00:00 GMT", 86400)]
    [InlineData("soon", null)]
    [InlineData("-", null)]
    [InlineData("1.5", null)]
    public async Task RetryAfter_Header_IsReadLenientlyAndClamped(string header, int? seconds)
    {
        var response = await SendAsync(() => Answer([], 429, ("Retry-After", header)));

        Assert.Equal(seconds, response.RetryAfter?.TotalSeconds);
        Assert.Equal(response.RetryAfter, response.ToException().RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"name":"secret""")]
    [InlineData("""{"name":12}""")]
    [InlineData("""{"name":"secret"} trailing""")]
    [InlineData("<html>secret</html>")]
    public async Task Read_OtherThanTheJson_IsAnInvalidResponseWithoutTheBody(string body)
    {
        var response = await SendAsync(() => Answer(Encoding.UTF8.GetBytes(body)));

        var failure = Assert.Throws<PluginException>(() => response.Read(Json.Default.Payload));

        Assert.Equal((PluginErrorCode.InvalidResponse, false), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(64, false)]
    public async Task TryRead_Depth_EndsAtTheLimit(int arrays, bool readable)
    {
        var body = $$"""{"any":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";

        var response = await SendAsync(() => Answer(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(readable, response.TryRead(Json.Default.Payload, out _));
    }

    [Theory]
    [InlineData("17", 17L)]
    [InlineData(" -3 ", -3L)]
    [InlineData("9223372036854775807", 9223372036854775807L)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1.5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public async Task GetHeaderNumber_Text_IsAWholeNumberOrNothing(string text, long? number)
    {
        var response = await SendAsync(() => Answer([], headers: ("X-Remaining", text)));

        Assert.Equal((number, null), (response.GetHeaderNumber("x-remaining"), response.GetHeaderNumber("x-absent")));
    }

    [Theory]
    [InlineData("1772366400", true)]
    [InlineData("-1", false)]
    [InlineData("9223372036854775807", false)]
    public async Task GetHeaderUnixTime_Text_IsATimeOrNothing(string text, bool isTime)
    {
        var response = await SendAsync(() => Answer([], headers: ("X-Reset", text)));

        Assert.Equal(isTime ? _time.Start : null, response.GetHeaderUnixTime("X-Reset"));
    }

    [Fact]
    public async Task Read_ByteOrderMark_IsSkipped()
    {
        var response = await SendAsync(() => Answer("\uFEFF{\"name\":\"x\"}"u8.ToArray()));

        Assert.Equal("x", response.Read(Json.Default.Payload).Name);
    }

    [Theory]
    [InlineData(401, PluginErrorCode.AuthError)]
    [InlineData(403, PluginErrorCode.AuthError)]
    [InlineData(402, PluginErrorCode.QuotaExceeded)]
    [InlineData(404, PluginErrorCode.NotFound)]
    [InlineData(410, PluginErrorCode.NotFound)]
    [InlineData(408, PluginErrorCode.TimeoutError)]
    [InlineData(504, PluginErrorCode.TimeoutError)]
    [InlineData(429, PluginErrorCode.RateLimitError)]
    [InlineData(500, PluginErrorCode.ConnectionError)]
    [InlineData(503, PluginErrorCode.ConnectionError)]
    [InlineData(400, PluginErrorCode.InvalidConfig)]
    [InlineData(302, PluginErrorCode.InvalidConfig)]
    public async Task ToException_Status_HasItsDefaultCode(int status, PluginErrorCode code)
    {
        var response = await SendAsync(() => Answer([], status));

        Assert.Equal((code, $"HTTP {status}"), (response.ToException().Code, response.ToException().Message));
    }

    [Theory]
    [InlineData("MISSING_SCOPES", "HTTP 400, MISSING_SCOPES")]
    [InlineData("someone@example.com", "HTTP 400")]
    [InlineData("two words", "HTTP 400")]
    [InlineData("", "HTTP 400")]
    public async Task ToException_VendorCode_IsShownOnlyWhenItIsOne(string vendorCode, string message)
    {
        var response = await SendAsync(() => Answer([], 400));

        Assert.Equal(message, response.ToException(vendorCode).Message);
    }

    [Fact]
    public void CreateHandler_Always_KeepsCredentialsWhereTheyBelong()
    {
        using var handler = UpstreamClient.CreateHandler();

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.All, handler.AutomaticDecompression);
    }

    private static HttpRequestMessage Request() => new(HttpMethod.Get, "http://upstream.test/users/secret");

    private static HttpResponseMessage Answer(byte[] body, int status = 200, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static HttpResponseMessage Streamed(Stream stream, long? length = null) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(stream) { Headers = { ContentLength = length } } };

    private UpstreamClient Client(HttpMessageHandler handler) =>
        new("test", handler, new UpstreamClientOptions { MaxBodyBytes = 100_000, TimeProvider = _time });

    private async Task<UpstreamResponse> SendAsync(Func<HttpResponseMessage> answer)
    {
        using var client = Client(new AnsweringHandler(answer));
        using var request = Request();
        return await client.SendAsync(request, "read", default);
    }

    private Task<PluginException> FailAsync(Func<HttpResponseMessage> answer) => Assert.ThrowsAsync<PluginException>(() => SendAsync(answer));

    internal sealed class Payload
    {
        public string? Name { get; init; }

        public JsonElement Any { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Payload))]
    internal sealed partial class Json : JsonSerializerContext;

    private sealed class AnsweringHandler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }

    private sealed class HangingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
