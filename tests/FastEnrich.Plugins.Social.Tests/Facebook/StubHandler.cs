using System.Net;
using System.Text;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Answers from a function and remembers what was asked.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public List<string?> Validators { get; } = [];

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
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.OriginalString}");
            Bodies.Add(body);
            Authorizations.Add(request.Headers.Authorization?.ToString());
            Validators.Add(request.Headers.TryGetValues("If-None-Match", out var tags) ? string.Join(',', tags) : null);
        }

        return answer(request);
    }
}
