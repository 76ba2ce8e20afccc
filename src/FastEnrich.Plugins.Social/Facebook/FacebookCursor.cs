using System.Net;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>
/// Where an edge's next page begins. The API also gives the next page's whole address, which holds the access token and names a host: it is never called, only its cursor is taken.
/// </summary>
internal static class FacebookCursor
{
    private const int MaxAddressLength = 8192;
    private const int MaxValueLength = 1024;

    private static readonly string[] s_names = ["after", "until", "__paging_token", "offset", "__after_id"]; // newest kind first; some edges still have the older ones

    /// <summary>Returns what to add to a call for the next page; <see langword="null"/> after the last one, which has no <c>next</c>.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Read(FacebookNode edge)
    {
        var paging = edge.Node("paging");
        if (paging.Text("next", MaxAddressLength) is not { } next)
        {
            return null;
        }

        if (paging.Node("cursors").Text("after") is { } after)
        {
            return [("after", after)];
        }

        var values = Query(next);
        return values.Count > 0 ? values : null;
    }

    private static List<(string Name, string Value)> Query(string address)
    {
        List<(string Name, string Value)> values = [];
        var query = address[(address.IndexOf('?') + 1)..].Split('#')[0];
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (equals > 0 && s_names.Contains(pair[..equals], StringComparer.Ordinal)
                && WebUtility.UrlDecode(pair[(equals + 1)..]) is { Length: > 0 and <= MaxValueLength } value && UpstreamUrl.IsSegment(value))
            {
                values.Add((pair[..equals], value));
            }
        }

        return values;
    }
}
