using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Fails as any server can, and as proxies in front of it do.</summary>
internal static class FaultAnswers
{
    private const int HugeBytes = 50 * 1024 * 1024;

    public static Task WriteAsync(HttpContext http, SimulatedFault fault, string text, CancellationToken stopping)
    {
        switch (fault)
        {
            case SimulatedFault.Unavailable: return RawAsync(http, 503, $"<html>{text}</html>");
            case SimulatedFault.GatewayTimeout: return RawAsync(http, 504, "");
            case SimulatedFault.Redirect:
                http.Response.Headers.Location = "https://elsewhere.example.org/";
                return RawAsync(http, 302, "");
            case SimulatedFault.MalformedBody: return RawAsync(http, 200, $"this is not JSON: {text}");
            case SimulatedFault.TruncatedJson: return RawAsync(http, 200, $"{{\"id\":\"1\",\"results\":[{{\"properties\":{{\"email\":\"{text}");
            case SimulatedFault.BrokenConnection: return BreakAsync(http);
            case SimulatedFault.HugeBody: return SendHugeAsync(http, http.Response.Body);
            case SimulatedFault.CompressedBomb: return SendBombAsync(http);
            case SimulatedFault.Hang: return HangAsync(http, stopping);
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
    }

    private static async Task RawAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = status == 200 ? "application/json" : "text/html";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task BreakAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 10_000;
        await http.Response.Body.WriteAsync("{\"id\":\"1\","u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }

    private static async Task HangAsync(HttpContext http, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task SendBombAsync(HttpContext http)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            await SendHugeAsync(http, gzip).ConfigureAwait(false);
        }
    }

    private static async Task SendHugeAsync(HttpContext http, Stream stream)
    {
        http.Response.ContentType = "application/json";
        var blanks = new byte[64 * 1024];
        blanks.AsSpan().Fill((byte)' ');
        try
        {
            await stream.WriteAsync("{\"results\":["u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
            for (var sent = 0; sent < HugeBytes; sent += blanks.Length)
            {
                await stream.WriteAsync(blanks, http.RequestAborted).ConfigureAwait(false);
            }

            await stream.WriteAsync("]}"u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client refused the rest: what this fault is for.
        }
    }
}
