using System.Text;

namespace FastEnrich.Testing;

/// <summary>A request as it came in at a mock server. Immutable; holds users' ids and credentials, for tests to look at.</summary>
public sealed class MockRequest
{
    internal MockRequest(string method, string target, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body, bool isBodyCut)
    {
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
        IsBodyCut = isBodyCut;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Segments = [.. Path.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
        Query = question < 0 ? [] : [.. Pairs(target[(question + 1)..], isForm: false)];
    }

    /// <summary>Gets the method, in capitals.</summary>
    public string Method { get; }

    /// <summary>Gets path and query exactly as sent.</summary>
    public string Target { get; }

    /// <summary>Gets the path exactly as sent.</summary>
    public string Path { get; }

    /// <summary>Gets the path's segments, each decoded once: an escaped slash stays in its segment.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>Gets the query's names and values in their order, decoded once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>Gets the headers in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Gets the body, cut at <see cref="MockServerOptions.MaxBodyBytes"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets whether the body was longer than <see cref="Body"/>.</summary>
    public bool IsBodyCut { get; }

    /// <summary>Gets the body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Gets the body's names and values when it is a form; else none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form =>
        Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true ? [.. Pairs(BodyText, isForm: true)]
            : [];

    /// <summary>Gets what stands for the placeholders of the route that matched; empty when none did.</summary>
    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    /// <summary>Gets the route that matched, as text; <see langword="null"/> when none did.</summary>
    public string? Route { get; private set; }

    /// <summary>Gets the first value of a header.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The value, or <see langword="null"/>.</returns>
    public string? Header(string name) =>
        Headers.Where(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Select(static pair => pair.Value).FirstOrDefault();

    /// <summary>Gets the first value of a name in the query.</summary>
    /// <param name="name">The name, as decoded.</param>
    /// <returns>The value, or <see langword="null"/>.</returns>
    public string? QueryValue(string name) => Query.Where(pair => pair.Key == name).Select(static pair => pair.Value).FirstOrDefault();

    /// <summary>Returns method, path and query.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Method} {Target}";

    internal void MatchedBy(string route, IReadOnlyDictionary<string, string> values) => (Route, Values) = (route, values);

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text, bool isForm)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? new(Decode(pair), "") : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }

        string Decode(string part) => Uri.UnescapeDataString(isForm ? part.Replace('+', ' ') : part);
    }
}
