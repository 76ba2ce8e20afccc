namespace FastEnrich.Simulators;

/// <summary>The fields of the graph's node types that the simulator knows, each with the type that lies behind it; an empty one for a plain value.</summary>
internal static class FacebookSchema
{
    public const string User = "User";
    public const string Page = "Page";
    public const string Post = "Post";

    private static readonly Dictionary<string, Dictionary<string, string>> s_types = new(StringComparer.Ordinal)
    {
        [User] = Parse(
            "id name first_name last_name middle_name short_name name_format email birthday age_range:AgeRange gender relationship_status "
            + "link installed install_type locale timezone updated_time website about quotes religion political languages:Experience "
            + "location:Page hometown:Page education:Education sports:Experience favorite_teams:Experience favorite_athletes:Experience "
            + "inspirational_people:Experience likes:Page friends:User posts:Post feed:Post"),
        [Page] = Parse("id name category location:Location link about"),
        [Post] = Parse("id created_time updated_time message shares status_type permalink_url reactions:Reaction comments:Comment"),
        ["AgeRange"] = Parse("min max"),
        ["Experience"] = Parse("id name description"),
        ["Location"] = Parse("city country country_code state street zip latitude longitude region name"),
        ["Education"] = Parse("id type school:Page degree:Page concentration:Page year:Page"),
        ["Work"] = Parse("id employer:Page position:Page location:Page description start_date end_date"),
        ["Reaction"] = Parse("id name type"),
        ["Comment"] = Parse("id message created_time"),
    };

    private static readonly Dictionary<string, string[]> s_defaults = new(StringComparer.Ordinal)
    {
        [User] = ["id", "name"],
        [Page] = ["id", "name"],
        [Post] = ["id", "created_time", "message"],
        ["Experience"] = ["id", "name"],
    };

    /// <summary>Returns the first field that does not exist; <see langword="null"/> when all do.</summary>
    public static string? Unknown(IReadOnlyList<FacebookField> fields, string type, bool hasWork) => fields
        .Select(field => TypeOf(type, field.Name, hasWork) is not { } below ? field.Name
            : field.Fields is null ? null
            : below.Length == 0 ? field.Name
            : Unknown(field.Fields, below, hasWork))
        .FirstOrDefault(static name => name is not null);

    public static string? TypeOf(string type, string field, bool hasWork = true) =>
        s_types[type].TryGetValue(field, out var below) ? below
        : hasWork && type == User && field == "work" ? "Work" // gone in the current version; apps that still see it may ask for it
        : null;

    /// <summary>Returns the fields that come when none are asked for; all of the types that are plain values together.</summary>
    public static IReadOnlyCollection<string> Defaults(string type) => s_defaults.TryGetValue(type, out var names) ? names : s_types[type].Keys;

    private static Dictionary<string, string> Parse(string fields) =>
        fields.Split(' ').Select(static field => field.Split(':')).ToDictionary(static parts => parts[0], static parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
}
