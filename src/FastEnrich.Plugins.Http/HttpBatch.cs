using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Http.Templates;

namespace FastEnrich.Plugins.Http;

/// <summary>One batch of users: what to ask for, and whose each part of the answer is. Belongs to one call.</summary>
internal sealed class HttpBatch
{
    private const int MaxUrlKeys = 4000; // characters, escaped: what every server takes in an address

    private readonly Dictionary<string, List<int>> _indexes;
    private readonly bool _inUrl;

    public HttpBatch(HttpOptions options, RequestTemplate template, IReadOnlyList<EnrichmentRequest> requests)
    {
        var batch = options.Batch!;
        _indexes = new Dictionary<string, List<int>>(batch.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _inUrl = template.HasKeysInUrl;
        var separated = template.SeparatesKeys(batch.BodyFormat);
        List<int> alone = [];
        for (var index = 0; index < requests.Count; index++)
        {
            var key = options.LookupBy == TemplateText.UserId ? requests[index].UserId : requests[index].Identities.GetValueOrDefault(options.LookupBy);
            if (key is null || (separated && key.Contains(batch.Separator, StringComparison.Ordinal)))
            {
                alone.Add(index);
            }
            else if (_indexes.TryGetValue(key, out var indexes))
            {
                indexes.Add(index);
            }
            else
            {
                _indexes[key] = [index];
            }
        }

        Alone = alone;
    }

    /// <summary>Gets the positions of requests that no batch can hold.</summary>
    public IReadOnlyList<int> Alone { get; }

    /// <summary>Returns the keys, request by request; those in addresses are cut to a length that servers take.</summary>
    public IEnumerable<IReadOnlyList<string>> Requests()
    {
        List<string> keys = [];
        var length = 0;
        foreach (var key in _indexes.Keys)
        {
            var more = _inUrl ? Uri.EscapeDataString(key).Length + 1 : 0;
            if (keys.Count > 0 && length + more > MaxUrlKeys)
            {
                yield return keys;
                (keys, length) = ([], 0);
            }

            keys.Add(key);
            length += more;
        }

        if (keys.Count > 0)
        {
            yield return keys;
        }
    }

    public IReadOnlyList<int> IndexesOf(string key) => _indexes.GetValueOrDefault(key) ?? [];

    /// <summary>Finds the users of an answer by their keys; the first of several with one key counts, and what nobody asked for is left out.</summary>
    public static Dictionary<string, JsonElement> Match(JsonElement answer, JsonPath results, JsonPath key, IEnumerable<string> asked, bool ignoreCase)
    {
        var open = new HashSet<string>(asked, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var users = new Dictionary<string, JsonElement>(open.Comparer);
        foreach (var user in results.Select(answer))
        {
            if (JsonValues.Exact(key.First(user)) is { } found && open.Contains(found))
            {
                users.TryAdd(found, user);
            }
        }

        return users;
    }
}
