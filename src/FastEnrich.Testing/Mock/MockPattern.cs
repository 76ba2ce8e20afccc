namespace FastEnrich.Testing;

/// <summary>A path with placeholders: <c>{name}</c> is one segment, <c>{*name}</c> at the end all that follow. Immutable.</summary>
internal sealed class MockPattern
{
    private readonly string[] _segments;

    public MockPattern(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text[0] != '/')
        {
            throw new ArgumentException($"the path '{text}' must begin with '/'; a query belongs into WithQuery", nameof(text));
        }

        if (text.Contains('?', StringComparison.Ordinal))
        {
            throw new ArgumentException($"the path '{text}' holds a query; use WithQuery", nameof(text));
        }

        Text = text;
        _segments = [.. text.Split('/').Skip(1)];
    }

    public string Text { get; }

    public bool TryMatch(IReadOnlyList<string> segments, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < _segments.Length; i++)
        {
            if (_segments[i] is ['{', '*', .. var rest, '}'])
            {
                values[rest] = string.Join('/', segments.Skip(i));
                return true;
            }

            if (i >= segments.Count)
            {
                return false;
            }

            if (_segments[i] is ['{', .. var name, '}'])
            {
                values[name] = segments[i];
            }
            else if (!string.Equals(_segments[i], segments[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return segments.Count == _segments.Length;
    }
}
