using System.Globalization;
using FastEnrich.Registry;

namespace FastEnrich.Sidecar.Http;

/// <summary>The query of <c>/v1/plugins</c>; an unknown or repeated parameter is a mistake, not noise. The command line speaks it too.</summary>
internal sealed class PluginSearchQuery
{
    private const int MaxText = 200;
    private const int MaxWords = 16;

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<string> _tags = [];
    private readonly List<string> _capabilities = [];
    private PluginQuery _query = new();

    private PluginSearchQuery()
    {
    }

    /// <summary>Reads the query; returns what is wrong with it, quoting nothing of it.</summary>
    public static string? Read(ReadOnlySpan<char> text, out PluginQuery query)
    {
        var reading = new PluginSearchQuery();
        query = reading._query;
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            if (!PercentDecoder.TryDecode(equals < 0 ? pair : pair[..equals], plusIsSpace: true, out var name)
                || !PercentDecoder.TryDecode(equals < 0 ? default : pair[(equals + 1)..], plusIsSpace: true, out var value))
            {
                return PercentDecoder.Problem;
            }

            if (reading.Set(name, value) is { } problem)
            {
                return problem;
            }
        }

        query = reading._query with { Tags = reading._tags, Capabilities = reading._capabilities };
        return null;
    }

    private string? Set(string name, string value)
    {
        if (name is not ("q" or "tag" or "capability" or "author" or "min_rating" or "status" or "sort" or "limit" or "offset"))
        {
            return "the query parameters are q, tag, capability, author, min_rating, status, sort, limit and offset";
        }

        if (value.Length is 0 or > MaxText)
        {
            return $"a query parameter has 1 to {MaxText} characters";
        }

        var isList = name is "tag" or "capability";
        if (!isList && !_given.Add(name))
        {
            return "a query parameter is given twice";
        }

        return isList ? AddWord(name == "tag" ? _tags : _capabilities, value) : SetOne(name, value);
    }

    private static string? AddWord(List<string> words, string value)
    {
        words.Add(value);
        return words.Count <= MaxWords ? null : $"tag and capability are given at most {MaxWords} times each";
    }

    private string? SetOne(string name, string value)
    {
        switch (name)
        {
            case "q":
                _query = _query with { Text = value };
                return null;
            case "author":
                _query = _query with { Author = value };
                return null;
            case "min_rating":
                var isRating = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rating) && rating is >= 1 and <= 5;
                _query = _query with { MinRating = rating };
                return isRating ? null : "min_rating is a number from 1 to 5";
            case "status":
                var isState = RegistryWords.TryParse(value, out RegistryState state);
                _query = _query with { State = state };
                return isState ? null : "status is installed, enabled, disabled, error, updating or uninstalled";
            case "sort":
                var isDescending = value[0] == '-';
                var isSort = RegistryWords.TryParse(isDescending ? value[1..] : value, out PluginSort sort);
                _query = _query with { Sort = sort, Descending = isDescending };
                return isSort ? null : "sort is name, rating, usage or date, with - before it for descending";
            case "limit":
                var isLimit = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PluginQuery.MaxLimit;
                _query = _query with { Limit = limit };
                return isLimit ? null : $"limit is a number from 1 to {PluginQuery.MaxLimit}";
            default:
                var isOffset = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
                _query = _query with { Offset = offset };
                return isOffset ? null : "offset is a number, zero or more";
        }
    }
}
