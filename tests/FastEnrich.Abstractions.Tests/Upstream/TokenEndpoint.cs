using System.Net;
using System.Text;

namespace FastEnrich.Upstream;

/// <summary>A token endpoint and an API behind one handler; what it was asked is kept, and answers can be held back.</summary>
internal sealed class TokenEndpoint : HttpMessageHandler
{
    private readonly List<(string? Authorization, string Form)> _tokenRequests = [];
    private readonly List<string> _apiRequests = [];

    /// <summary>Answers the token request of a number, from 1.</summary>
    public Func<int, HttpResponseMessage> Token { get; set; } = static number => Json($$"""{"access_token":"access-{{number}}","expires_in":3600,"token_type":"bearer"}""");

    /// <summary>Answers a call with a token.</summary>
    public Func<string, HttpResponseMessage> Api { get; set; } = static _ => Json("{}");

    /// <summary>What token requests wait for before they are answered.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public (string? Authorization, string Form)[] TokenRequests
    {
        get
        {
            lock (_tokenRequests)
            {
                return [.. _tokenRequests];
            }
        }
    }

    /// <summary>The tokens that calls came with.</summary>
    public string[] ApiRequests
    {
        get
        {
            lock (_apiRequests)
            {
                return [.. _apiRequests];
            }
        }
    }

    public static HttpResponseMessage Json(string body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath != "/token")
        {
            var token = request.Headers.Authorization!.Parameter!;
            lock (_apiRequests)
            {
                _apiRequests.Add(token);
            }

            return Api(token);
        }

        var form = await request.Content!.ReadAsStringAsync(cancellationToken);
        int number;
        lock (_tokenRequests)
        {
            _tokenRequests.Add((request.Headers.Authorization?.ToString(), form));
            number = _tokenRequests.Count;
        }

        if (Gate is { } gate)
        {
            await gate.Task;
        }

        return Token(number);
    }
}
