using System.Text.Json;

namespace FastEnrich.Testing;

/// <summary>What of a request must not depend on who is asked for: everything but the values. Compared by its text.</summary>
internal static class RequestShape
{
    public static string Of(MockRequest request)
    {
        var query = string.Join(',', request.Query.Select(static pair => pair.Key).Order(StringComparer.Ordinal));
        var headers = string.Join(',', request.Headers.Select(static pair => pair.Key.ToLowerInvariant())
            .Where(static name => name is not ("content-length" or "transfer-encoding")).Order(StringComparer.Ordinal));
        return $"{request.Method} with {request.Segments.Count} segment(s), query ({query}), headers ({headers}), body ({BodyOf(request)})";
    }

    /// <summary>Gets each value of the request, decoded as its reader decodes it, JSON's texts and those in literals of query languages too.</summary>
    public static IEnumerable<string> Values(MockRequest request)
    {
        var values = request.Segments.Concat(request.Query.Select(static pair => pair.Value)).Concat(request.Form.Select(static pair => pair.Value))
            .Concat(request.Headers.Select(static pair => pair.Value)).ToList();
        return values.Append(request.BodyText).SelectMany(Unfold);
    }

    private static IEnumerable<string> Unfold(string value)
    {
        yield return value;
        foreach (var text in Texts(value))
        {
            foreach (var part in new[] { text }.Concat(Texts(text)).Concat(Relative(text)))
            {
                yield return part;
            }
        }

        foreach (var literal in Literals.Of(value))
        {
            yield return literal;
        }
    }

    /// <summary>Addresses within bodies, as batches of requests carry them.</summary>
    private static IEnumerable<string> Relative(string text) =>
        text.Split('/', '?', '&', '=').Select(Uri.UnescapeDataString).SelectMany(static part => Literals.Of(part).Prepend(part))
            .Concat(Literals.Of(Uri.UnescapeDataString(text)));

    private static IEnumerable<string> Texts(string value)
    {
        if (value.Length < 2 || value[0] is not ('{' or '[') || Parse(value) is not { } json)
        {
            return [];
        }

        return Walk(json).ToList();
    }

    private static IEnumerable<string> Walk(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Walk),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static member => Walk(member.Value)),
        _ => [],
    };

    private static string BodyOf(MockRequest request)
    {
        if (request.Body.Length == 0)
        {
            return "none";
        }

        if (request.Form is { Count: > 0 } form)
        {
            return string.Join(',', form.Select(static pair => pair.Key));
        }

        return Parse(request.BodyText) is { } json ? Skeleton(json) : "text";
    }

    /// <summary>The kinds and names of a document; of a list the kinds that occur, for its length may follow the users.</summary>
    private static string Skeleton(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(static member => $"{member.Name}:{Skeleton(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join('|', json.EnumerateArray().Select(Skeleton).Distinct(StringComparer.Ordinal))}]",
        var kind => kind.ToString(),
    };

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
