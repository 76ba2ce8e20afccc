namespace FastEnrich.Simulators;

/// <content>The names that each vocabulary knows, as far as the simulator has something to say of them.</content>
internal sealed partial class XAnswers
{
    public static readonly string[] PlaceFields = ["country_code", "full_name", "id", "name", "place_type"];

    private static readonly string[] s_userFields =
    [
        "created_at", "description", "id", "location", "name", "profile_image_url", "protected", "public_metrics", "subscription_type",
        "url", "username", "verified", "verified_type",
    ];

    private static readonly string[] s_postFields = ["context_annotations", "created_at", "entities", "geo", "id", "lang", "public_metrics", "text"];

    public static IReadOnlyCollection<string> UserFields => s_userFields;

    /// <summary>The newer version has no field for references: they are an expansion.</summary>
    public static IReadOnlyCollection<string> PostFields(bool newVocabulary) => newVocabulary ? s_postFields : [.. s_postFields, "referenced_tweets"];

    public static IReadOnlyCollection<string> PostExpansions(bool newVocabulary) => newVocabulary ? ["geo.place_id", "referenced_posts"] : ["geo.place_id", "referenced_tweets.id"];
}
