using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Answers from a function and remembers what was asked.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Gets the method and address of each request, in the order they came; several users are read at once.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue($"{request.Method} {request.RequestUri!.OriginalString}");
        return Task.FromResult(answer(request));
    }
}
