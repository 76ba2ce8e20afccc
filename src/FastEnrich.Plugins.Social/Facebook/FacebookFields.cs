namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>The fields to ask for: without, the API sends id and name. Edges are expanded in place, so that one user is one call.</summary>
internal sealed class FacebookFields
{
    public const string Likes = "name,category";
    public const string Posts = "created_time,shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)";

    private const int MaxPage = 100; // of any edge

    private static readonly string[] s_profile =
    [
        "id", "birthday", "age_range", "gender", "relationship_status", "link", "installed", "languages{name}",
        "location{name,location{city,state,country}}", "hometown{name,location{city,state,country}}",
        "education{type,school{name},degree{name},concentration{name},year{name}}",
        "sports{name}", "favorite_teams{name}", "favorite_athletes{name}", "inspirational_people{name}",
    ];

    public FacebookFields(FacebookOptions options)
    {
        List<string> fields = [.. s_profile];
        foreach (var capability in options.Capabilities.Distinct())
        {
            fields.Add(capability switch
            {
                FacebookCapability.Likes => $"likes.limit({PageOf(options.MaxLikes)}){{{Likes}}}",
                FacebookCapability.Friends => "friends.limit(0).summary(total_count)", // only friends who use the app are listed; all are counted
                FacebookCapability.Posts => $"posts.limit({PageOf(options.MaxPosts)}){{{Posts}}}",
                _ => "work{employer{name},position{name}}",
            });
        }

        var known = fields.Select(static field => field.Split('{', '.')[0]).ToHashSet(StringComparer.Ordinal);
        fields.AddRange(options.ContextualFields.Values.Where(known.Add));
        User = string.Join(',', fields);
    }

    /// <summary>Gets the fields of a user, edges included.</summary>
    public string User { get; }

    /// <summary>Returns how many members a page of an edge holds when so many are wanted.</summary>
    public static int PageOf(int wanted) => Math.Clamp(wanted, 1, MaxPage);

    /// <summary>Says whether a text is the name of one field, and nothing that expands into more.</summary>
    public static bool IsField(string field) =>
        field is { Length: > 0 and <= 64 } && char.IsAsciiLetterLower(field[0]) && field.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
