using System.Net.Http.Headers;

namespace FastEnrich.Testing;

/// <summary>Hands requests to another server without changing what is in them. Thread-safe.</summary>
internal sealed class MockForwarder : IDisposable
{
    private static readonly string[] s_hop = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Content-Length"];

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly string _url;

    public MockForwarder(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.AbsolutePath != "/")
        {
            throw new ArgumentException("requests are forwarded to an absolute address without a path", nameof(url));
        }

        _url = url.TrimEnd('/');
    }

    public async Task<MockResponse> SendAsync(MockRequest request, byte[] body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method),
            new Uri(_url + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body.Length > 0)
        {
            message.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in request.Headers.Where(static header => !s_hop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return new MockResponse
            {
                Status = (int)response.StatusCode,
                Headers = HeadersOf(response.Headers, response.Content.Headers),
                Body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
            };
        }
        catch (HttpRequestException)
        {
            return MockResponse.Reset(); // what the other server did
        }
    }

    public void Dispose() => _invoker.Dispose();

    public override string ToString() => $"forwarded to {_url}";

    private static Dictionary<string, string> HeadersOf(HttpResponseHeaders headers, HttpContentHeaders content)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in headers.NonValidated.Concat(content.NonValidated))
        {
            if (!s_hop.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                all[name] = values.ToString();
            }
        }

        return all;
    }
}
