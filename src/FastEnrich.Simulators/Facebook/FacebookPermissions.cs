namespace FastEnrich.Simulators;

/// <summary>What users can grant an app on Facebook, and which fields that opens.</summary>
public static class FacebookPermissions
{
    private static readonly Dictionary<string, string> s_byField = new(StringComparer.Ordinal)
    {
        ["age_range"] = "user_age_range",
        ["birthday"] = "user_birthday",
        ["email"] = "email",
        ["friends"] = "user_friends",
        ["gender"] = "user_gender",
        ["hometown"] = "user_hometown",
        ["likes"] = "user_likes",
        ["link"] = "user_link",
        ["location"] = "user_location",
        ["posts"] = "user_posts",
        ["education"] = "user_education_history",
        ["work"] = "user_work_history",
        ["relationship_status"] = "user_relationships",
    };

    /// <summary>Gets those that an app can still ask for.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        "public_profile", "email", "user_age_range", "user_birthday", "user_friends", "user_gender", "user_hometown", "user_likes", "user_link", "user_location", "user_posts",
    ];

    /// <summary>Gets those that only old apps have: for education, work and relationship.</summary>
    public static IReadOnlyCollection<string> Retired { get; } = ["user_education_history", "user_work_history", "user_relationships"];

    internal static string Of(string field) => s_byField.GetValueOrDefault(field, "public_profile");
}
