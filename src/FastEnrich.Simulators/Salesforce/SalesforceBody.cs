using System.Text.Json;

namespace FastEnrich.Simulators;

/// <summary>The body of a request.</summary>
internal sealed class SalesforceBody
{
    private readonly JsonElement _root;

    private SalesforceBody(JsonElement root) => _root = root;

    /// <summary>Gets whether the first failure ends a batch.</summary>
    public bool Halts => _root.TryGetProperty("haltOnError", out var halts) && halts.ValueKind == JsonValueKind.True;

    /// <summary>Returns <see langword="null"/> when the body is no JSON object.</summary>
    public static async Task<SalesforceBody?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new SalesforceBody(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string[]? Texts(string name) =>
        _root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    /// <summary>Returns the addresses of a batch, which are all to be read.</summary>
    public IReadOnlyList<string>? Subrequests()
    {
        if (!_root.TryGetProperty("batchRequests", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<string> urls = [];
        foreach (var request in list.EnumerateArray())
        {
            if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("method", out var method) || !method.ValueEquals("GET")
                || !request.TryGetProperty("url", out var url) || url.GetString() is not { } text)
            {
                return null;
            }

            urls.Add(text);
        }

        return urls;
    }
}
