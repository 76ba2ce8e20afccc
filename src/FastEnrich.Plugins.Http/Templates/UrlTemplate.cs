using System.Text;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>An address with placeholders in segments of its path and values of its query. Scheme, host and port are fixed. Immutable.</summary>
internal sealed class UrlTemplate
{
    private readonly string _root;
    private readonly TemplateText[] _segments;
    private readonly PairTemplate? _query;

    private UrlTemplate(string root, TemplateText[] segments, PairTemplate? query)
    {
        _root = root;
        _segments = segments;
        _query = query;
    }

    public IEnumerable<TemplateText> Texts => _segments.Concat(_query?.Texts ?? []);

    /// <summary>Reads an address, and says what is wrong with it; the result is used only when nothing is.</summary>
    public static UrlTemplate? Parse(string text, string where, bool batch, string separator, bool allowHttp, ICollection<string> errors)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var end = scheme < 0 ? -1 : text.IndexOfAny(['/', '?'], scheme + 3);
        var root = end < 0 ? text : text[..end];
        if (!IsRoot(root, where, allowHttp, errors))
        {
            return null;
        }

        var rest = end < 0 ? "" : text[end..];
        if (rest.Contains('#', StringComparison.Ordinal))
        {
            errors.Add($"{where}: a fragment is never sent");
        }

        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? rest : rest[..mark];
        var segments = path.Length == 0 ? [] : path[1..].Split('/').Select(segment => Segment(segment, where, batch, errors)).ToArray();
        var query = mark < 0 ? null : PairTemplate.Parse(rest[(mark + 1)..], where, batch, separator, errors);
        return new UrlTemplate(root, segments, query);
    }

    /// <summary>Makes the address of a request; <see langword="null"/> when a value is missing, or one would climb out of its segment.</summary>
    public Uri? ToUri(TemplateValues values)
    {
        var text = new StringBuilder(_root);
        foreach (var segment in _segments)
        {
            var start = text.Append('/').Length;
            if (!UrlText.TryWrite(text, segment, values) || (!segment.IsLiteral && DotSegments.Any(text.ToString(start, text.Length - start))))
            {
                return null;
            }
        }

        if (_query is not null && !_query.TryWrite(text.Append('?'), values))
        {
            return null;
        }

        return new Uri(text.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }); // sent as written, whatever dots are in it
    }

    private static bool IsRoot(string root, string where, bool allowHttp, ICollection<string> errors)
    {
        try
        {
            new UpstreamUrl(root).ThrowIfInsecure(allowHttp);
            return true;
        }
        catch (ArgumentException exception)
        {
            errors.Add($"{where}: {exception.Message.Split(" (Parameter")[0]}");
            return false;
        }
    }

    private static TemplateText Segment(string text, string where, bool batch, ICollection<string> errors)
    {
        var segment = TemplateText.Parse(text, where, batch, errors);
        if (segment.Parts.Any(static part => part is { IsPlaceholder: true, Text: TemplateText.Keys }))
        {
            errors.Add($"{where}: {{keys}} cannot stand in a path");
        }

        if (segment.Parts.Any(static part => !part.IsPlaceholder && !UrlText.IsEscaped(part.Text)) || (segment.IsLiteral && DotSegments.Any(text)))
        {
            errors.Add($"{where}: a segment of the path must not be '.' or '..', nor hold a character that needs escaping");
        }

        return segment;
    }
}
