using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Testing;

/// <summary>Writes answers, and breaks connections as they ask for it.</summary>
internal static class MockAnswers
{
    public static async Task WriteAsync(HttpContext http, MockResponse response, TimeProvider time, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await WaitAsync(response, time, gone.Token).ConfigureAwait(false);
            if (response.Fault is MockFault.Hang)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone.Token).ConfigureAwait(false);
            }
            else if (response.Fault is MockFault.Reset)
            {
                Reset(http);
            }
            else
            {
                Begin(http, response);
                await SendAsync(http, response, time, gone.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            http.Abort(); // the client went away, or the server stops
        }
    }

    private static async Task WaitAsync(MockResponse response, TimeProvider time, CancellationToken gone)
    {
        if (response.Delay > TimeSpan.Zero)
        {
            await Task.Delay(response.Delay, time, gone).ConfigureAwait(false);
        }

        if (response.Gate is { } gate)
        {
            await gate.WaitAsync(gone).ConfigureAwait(false);
        }
    }

    private static void Begin(HttpContext http, MockResponse response)
    {
        http.Response.StatusCode = response.Status;
        if (response.ContentType is not null)
        {
            http.Response.ContentType = response.ContentType;
        }

        foreach (var (name, value) in response.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (response.Fault is not MockFault.HugeBody && response.Status is not (204 or 304))
        {
            http.Response.ContentLength = response.Body.Length;
        }
    }

    private static async Task SendAsync(HttpContext http, MockResponse response, TimeProvider time, CancellationToken gone)
    {
        var body = http.Response.Body;
        switch (response.Fault)
        {
            case MockFault.TruncatedBody:
                await body.WriteAsync(response.Body[..(response.Body.Length / 2)], gone).ConfigureAwait(false);
                await body.FlushAsync(gone).ConfigureAwait(false);
                http.Abort();
                return;
            case MockFault.Drip:
                for (var sent = 0; sent < response.Body.Length; sent += response.DripBytes)
                {
                    await body.WriteAsync(response.Body[sent..Math.Min(sent + response.DripBytes, response.Body.Length)], gone).ConfigureAwait(false);
                    await body.FlushAsync(gone).ConfigureAwait(false);
                    await Task.Delay(response.DripInterval, time, gone).ConfigureAwait(false);
                }

                return;
            case MockFault.HugeBody:
                await SendBlanksAsync(body, response.HugeBytes, gone).ConfigureAwait(false);
                return;
            default:
                if (response.Body.Length > 0 && response.Status is not (204 or 304))
                {
                    await body.WriteAsync(response.Body, gone).ConfigureAwait(false);
                }

                return;
        }
    }

    private static async Task SendBlanksAsync(Stream body, long bytes, CancellationToken gone)
    {
        var blanks = new byte[64 * 1024];
        blanks.AsSpan().Fill((byte)' ');
        for (var left = bytes; left > 0; left -= blanks.Length)
        {
            await body.WriteAsync(blanks.AsMemory(0, (int)Math.Min(left, blanks.Length)), gone).ConfigureAwait(false);
        }
    }

    private static void Reset(HttpContext http)
    {
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new System.Net.Sockets.LingerOption(true, 0); // RST instead of FIN
        }

        http.Abort();
    }
}
