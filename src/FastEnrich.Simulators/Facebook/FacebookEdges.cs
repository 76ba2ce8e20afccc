using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FastEnrich.Simulators;

/// <summary>Writes nodes with the fields that were asked for and that the permissions open, and edges page by page.</summary>
internal sealed class FacebookEdges(FacebookRecords records, Func<string, bool> isGranted, Func<string> baseUrl)
{
    private const int DefaultPage = 25;
    private const int MaxPage = 100;

    private static readonly string[] s_edges = ["likes", "friends", "posts", "feed"];

    public static bool IsEdge(string name) => s_edges.Contains(name, StringComparer.Ordinal);

    /// <summary>Returns a user's node; what is not granted is left out, as is what the user does not have.</summary>
    public JsonObject User(SimulatedUser user, IReadOnlyList<FacebookField>? fields, string token)
    {
        var node = new JsonObject();
        foreach (var field in fields ?? [.. FacebookSchema.Defaults(FacebookSchema.User).Select(static name => new FacebookField(name, new Dictionary<string, string>(), null))])
        {
            var value = !isGranted(FacebookPermissions.Of(field.Name)) ? null
                : IsEdge(field.Name) ? Edge(user, field, 0, token)
                : Project(FacebookRecords.Value(user, field.Name), FacebookSchema.TypeOf(FacebookSchema.User, field.Name)!, field.Fields);
            if (value is not null)
            {
                node[field.Name] = value;
            }
        }

        node["id"] = user.FacebookId; // comes whether asked for or not
        return node;
    }

    /// <summary>Returns a page of an edge, with the whole address of the next one.</summary>
    public JsonObject Edge(SimulatedUser user, FacebookField field, int start, string token)
    {
        var type = FacebookSchema.TypeOf(FacebookSchema.User, field.Name)!;
        var all = !isGranted(FacebookPermissions.Of(field.Name == "feed" ? "posts" : field.Name)) ? [] : field.Name switch
        {
            "likes" => records.Likes(user),
            "friends" => records.Friends(user),
            _ => records.Posts(user),
        };
        var limit = Math.Min(field.Number("limit") ?? DefaultPage, MaxPage);
        var members = all.Skip(start).Take(limit).ToList();
        var edge = new JsonObject { ["data"] = new JsonArray([.. members.Select(member => Project(member, type, field.Fields))]) };
        if (members.Count > 0)
        {
            edge["paging"] = Paging(user, field, start, start + members.Count, all.Count, limit, token);
        }

        if (field.Name == "friends" && field.Modifiers.ContainsKey("summary") && isGranted("user_friends"))
        {
            edge["summary"] = new JsonObject { ["total_count"] = records.CountFriends(user) };
        }

        return edge;
    }

    /// <summary>Returns where a page begins; <see langword="null"/> for what is no cursor.</summary>
    public static int? Start(string? cursor)
    {
        if (cursor is null)
        {
            return 0;
        }

        var bytes = new byte[Math.Max(16, cursor.Length)];
        return Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && int.TryParse(Encoding.ASCII.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : null;
    }

    private JsonObject Paging(SimulatedUser user, FacebookField field, int start, int end, int count, int limit, string token)
    {
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(end) } };
        if (end < count)
        {
            var fields = field.Fields is null ? "" : $"&fields={Uri.EscapeDataString(FacebookField.Write(field.Fields))}";
            paging["next"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{baseUrl()}/v25.0/{user.FacebookId}/{field.Name}?access_token={Uri.EscapeDataString(token)}{fields}&limit={limit}&after={Cursor(end)}");
        }

        return paging;
    }

    private static JsonNode? Project(JsonNode? value, string type, IReadOnlyList<FacebookField>? fields)
    {
        switch (value)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Project(item, type, fields))]);
            case JsonObject node when type.Length > 0:
                var chosen = new JsonObject();
                foreach (var field in fields ?? [.. FacebookSchema.Defaults(type).Select(static name => new FacebookField(name, new Dictionary<string, string>(), null))])
                {
                    var below = FacebookSchema.TypeOf(type, field.Name)!;
                    if (below is "Reaction" or "Comment")
                    {
                        chosen[field.Name] = Counted(node[field.Name], field);
                    }
                    else if (Project(node[field.Name], below, field.Fields) is { } part)
                    {
                        chosen[field.Name] = part;
                    }
                }

                if (node["id"] is { } id)
                {
                    chosen["id"] = id.DeepClone();
                }

                return chosen;
            default:
                return value?.DeepClone();
        }
    }

    /// <summary>Who reacted is nobody's business here; how many, is.</summary>
    private static JsonObject Counted(JsonNode? count, FacebookField field)
    {
        var edge = new JsonObject { ["data"] = new JsonArray() };
        if (field.Modifiers.ContainsKey("summary"))
        {
            edge["summary"] = new JsonObject { ["total_count"] = count?.DeepClone() ?? 0, ["viewer_reaction"] = "NONE" };
        }

        return edge;
    }

    private static string Cursor(int position) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));
}
