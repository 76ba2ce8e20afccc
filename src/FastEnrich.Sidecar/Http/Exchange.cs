using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Sidecar.Http;

/// <summary>One request and its response. Reused for the next request of the same connection.</summary>
internal sealed class Exchange
{
    private const int KeptBufferBytes = 256 * 1024;

    public IFeatureCollection Features { get; private set; } = null!;

    public IHttpRequestFeature Request { get; private set; } = null!;

    public IHttpResponseFeature Response { get; private set; } = null!;

    public IHttpResponseBodyFeature ResponseBody { get; private set; } = null!;

    public bool FromUnixSocket { get; private set; }

    /// <summary>When the request arrived, as a timestamp of the server's clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Where a body is put together before its length is known.</summary>
    public ArrayBufferWriter<byte> Buffer { get; private set; } = new(4096);

    public CancellationToken Aborted => Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    public void Begin(IFeatureCollection features, long startedAt)
    {
        Features = features;
        Request = features.GetRequiredFeature<IHttpRequestFeature>();
        Response = features.GetRequiredFeature<IHttpResponseFeature>();
        ResponseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        FromUnixSocket = features.Get<UnixSocketConnection>() is not null;
        StartedAt = startedAt;
    }

    public void End()
    {
        if (Buffer.Capacity > KeptBufferBytes)
        {
            Buffer = new ArrayBufferWriter<byte>(4096); // one large profile must not be kept by every connection
        }

        Buffer.ResetWrittenCount();
        Features = null!;
        Request = null!;
        Response = null!;
        ResponseBody = null!;
    }

    /// <summary>Sends what is in <see cref="Buffer"/>.</summary>
    public Task SendAsync(int status, string contentType)
    {
        var headers = Response.Headers;
        Response.StatusCode = status;
        headers.ContentType = contentType;
        headers.CacheControl = "no-store";
        headers.ContentLength = Buffer.WrittenCount;
        var started = ResponseBody.StartAsync(); // then the writer hands out the connection's own memory
        if (!started.IsCompletedSuccessfully)
        {
            return SendLaterAsync(started);
        }

        ResponseBody.Writer.Write(Buffer.WrittenSpan);
        return Task.CompletedTask; // the server flushes headers and body together when the request ends
    }

    private async Task SendLaterAsync(Task started)
    {
        await started;
        ResponseBody.Writer.Write(Buffer.WrittenSpan);
    }
}
