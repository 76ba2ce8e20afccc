using System.Net;
using System.Text;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>Answers from a function and remembers what was asked.</summary>
internal sealed class StubUpstream(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public StubUpstream(string body, int status = 200, params (string Name, string Value)[] headers)
        : this(_ => Json(body, status, headers))
    {
    }

    public List<HttpRequestMessage> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        return answer(request);
    }
}
