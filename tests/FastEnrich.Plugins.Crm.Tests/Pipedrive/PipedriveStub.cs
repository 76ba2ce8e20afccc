using System.Net;
using System.Text;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Answers by path and remembers what was asked, from several threads at once; an unknown path answers an empty list.</summary>
internal sealed class PipedriveStub : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _answers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly List<Uri> _requests = [];

    public IReadOnlyList<Uri> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public IEnumerable<string> Paths => Requests.Select(uri => uri.AbsolutePath);

    public List<string> Tokens { get; } = [];

    public static PipedriveStub Person(string person) => new PipedriveStub().On("/api/v2/persons/1", One(person));

    public static string One(string record) => $$"""{"success":true,"data":{{record}}}""";

    public static string Many(params string[] records) => $$"""{"success":true,"data":[{{string.Join(',', records)}}]}""";

    public PipedriveStub On(string path, string body, int status = 200, params (string Name, string Value)[] headers) => On(path, _ => Json(body, status, headers));

    public PipedriveStub On(string path, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answers[path] = answer;
        return this;
    }

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
        lock (_lock)
        {
            _requests.Add(request.RequestUri!);
            Tokens.AddRange(request.Headers.TryGetValues("x-api-token", out var tokens) ? tokens : []);
        }

        return Task.FromResult(_answers.TryGetValue(request.RequestUri!.AbsolutePath, out var answer) ? answer(request) : Json("""{"success":true,"data":[]}"""));
    }
}
