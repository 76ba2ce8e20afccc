using System.Text.Json;
using System.Text.RegularExpressions;
using FastEnrich.Plugins.Crm.Tests.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>A stub that answers every read with the same contact, and every query with the rows of its object.</summary>
internal static partial class SalesforceUpstream
{
    public const string ContactId = "003dM00001vWOXJQA4";

    public static StubHandler Answering(string contact, Dictionary<string, string>? rows = null) => new(request =>
    {
        var path = request.RequestUri!.AbsolutePath;
        return StubHandler.Json(
            path.EndsWith("composite/batch", StringComparison.Ordinal) ? Batch(request, query => Page(rows?.GetValueOrDefault(ObjectOf(query)) ?? "[]"))
            : path.EndsWith("/query", StringComparison.Ordinal) ? Page(ObjectOf(QueryOf(request)) is "Contact" ? $"[{contact}]" : rows?.GetValueOrDefault(ObjectOf(QueryOf(request))) ?? "[]")
            : path.Contains("/composite/sobjects/", StringComparison.Ordinal) ? $"[{contact}]"
            : contact);
    });

    /// <summary>Answers a batch with a body per query.</summary>
    public static string Batch(HttpRequestMessage request, Func<string, string> answer) =>
        $$"""{"hasErrors":false,"results":[{{string.Join(',', QueriesOf(request).Select(query => $$"""{"statusCode":200,"result":{{answer(query)}}}"""))}}]}""";

    public static string Page(string rows) => $$"""{"totalSize":1,"done":true,"records":{{rows}}}""";

    public static string QueryOf(HttpRequestMessage request) => Uri.UnescapeDataString(request.RequestUri!.Query["?q=".Length..]);

    public static IReadOnlyList<string> QueriesOf(HttpRequestMessage request) => QueriesOf(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());

    public static IReadOnlyList<string> QueriesOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("batchRequests").EnumerateArray().Select(entry => Uri.UnescapeDataString(entry.GetProperty("url").GetString()!.Split("?q=")[1]))];
    }

    /// <summary>Finds the object that a query is about, whatever stands in parentheses.</summary>
    public static string ObjectOf(string query)
    {
        for (var before = ""; before != query;)
        {
            (before, query) = (query, Parentheses().Replace(query, ""));
        }

        return From().Match(query).Groups[1].Value;
    }

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@" FROM (\w+)")]
    private static partial Regex From();
}
