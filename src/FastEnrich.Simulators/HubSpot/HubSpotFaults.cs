using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers with the faults that were ordered, or drawn. Thread-safe.</summary>
internal sealed class HubSpotFaults(double rate, long seed)
{
    private const int HugeBytes = 50 * 1024 * 1024;

    private static readonly SimulatedFault[] s_drawn = [SimulatedFault.ServerError, SimulatedFault.Unavailable, SimulatedFault.RateLimited];

    private readonly ConcurrentQueue<(SimulatedFault Fault, string? Text)> _ordered = new();
    private readonly Lock _lock = new();
    private readonly SeededRandom _random = new(seed, -1);

    public void Order(SimulatedFault fault, int times, string? text)
    {
        for (var i = 0; i < times; i++)
        {
            _ordered.Enqueue((fault, text));
        }
    }

    /// <summary>Answers with the next fault, if there is one.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http, CancellationToken stopping)
    {
        if (!_ordered.TryDequeue(out var next))
        {
            if (Draw() is not { } drawn)
            {
                return false;
            }

            next = (drawn, null);
        }

        await AnswerAsync(http, next.Fault, next.Text ?? "internal error", stopping).ConfigureAwait(false);
        return true;
    }

    private SimulatedFault? Draw()
    {
        if (rate <= 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _random.Chance(rate) ? _random.Pick(s_drawn) : null;
        }
    }

    private static Task AnswerAsync(HttpContext http, SimulatedFault fault, string text, CancellationToken stopping)
    {
        var headers = http.Response.Headers;
        switch (fault)
        {
            case SimulatedFault.ServerError: return HubSpotAnswers.ErrorAsync(http, 500, "INTERNAL_ERROR", text);
            case SimulatedFault.Unavailable: return RawAsync(http, 503, $"<html>{text}</html>");
            case SimulatedFault.GatewayTimeout: return RawAsync(http, 504, "");
            case SimulatedFault.Unauthorized: return HubSpotAnswers.ErrorAsync(http, 401, "INVALID_AUTHENTICATION", text);
            case SimulatedFault.MissingScope: return HubSpotAnswers.ErrorAsync(http, 403, "MISSING_SCOPES", text);
            case SimulatedFault.RateLimited: return HubSpotAnswers.RateLimitAsync(http, "TEN_SECONDLY_ROLLING", text);
            case SimulatedFault.RateLimitedWithRetryAfter:
                headers.RetryAfter = "7";
                return HubSpotAnswers.RateLimitAsync(http, "TEN_SECONDLY_ROLLING", text);
            case SimulatedFault.RateLimitedSecondly: return HubSpotAnswers.RateLimitAsync(http, "SECONDLY", text);
            case SimulatedFault.DailyQuota: return HubSpotAnswers.RateLimitAsync(http, "DAILY", text);
            case SimulatedFault.Locked: return RawAsync(http, 423, "");
            case SimulatedFault.Migrating:
                headers.RetryAfter = "86400";
                return RawAsync(http, 477, "");
            case SimulatedFault.Redirect:
                headers.Location = "https://elsewhere.example.org/";
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
