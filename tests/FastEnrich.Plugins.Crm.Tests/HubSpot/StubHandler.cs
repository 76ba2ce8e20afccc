using System.Net;
using System.Text;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>Answers from a function and remembers what was asked.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public const string Nothing = """{"results":[]}""";

    public static bool AsksForLineItems(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Contains("line_items", StringComparison.Ordinal);

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
        Requests.Add($"{request.Method} {request.RequestUri!.OriginalString}");
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        return answer(request);
    }
}
