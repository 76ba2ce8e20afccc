namespace FastEnrich.Plugins.Http;

/// <summary>Which value is which field. Everything is a JSON path from the user on; what is not given stays empty.</summary>
public sealed partial record HttpFields
{
    /// <summary>Gets who the user is.</summary>
    [ConfigProperty(Description = "Who the user is")]
    public HttpDemographicFields? Demographics { get; init; }

    /// <summary>Gets the interests: several values, a list, or a text with commas or semicolons.</summary>
    [ConfigProperty(Description = "Interests: several values, a list, or a text with commas or semicolons", Pattern = HttpOptions.PathPattern)]
    public string? Interests { get; init; }

    /// <summary>Gets how the user is connected.</summary>
    [ConfigProperty(Description = "How the user is connected")]
    public HttpSocialFields? SocialConnections { get; init; }

    /// <summary>Gets what the user does.</summary>
    [ConfigProperty(Description = "What the user does")]
    public HttpBehaviorFields? BehaviorPatterns { get; init; }

    /// <summary>Gets further facts by the name they get; JSON of any shape.</summary>
    [ConfigProperty(Description = "Further facts by the name they get; JSON of any shape", Pattern = HttpOptions.PathPattern)]
    public IReadOnlyDictionary<string, string> ContextualData { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Gets the identities that the answer brings, by name: <c>email</c>, <c>hubspot_id</c>, <c>salesforce_id</c>,
    /// <c>pipedrive_id</c>, <c>x_username</c>, <c>x_id</c>, <c>facebook_id</c>.
    /// </summary>
    [ConfigProperty(Description = "Identities that the answer brings, by name", Pattern = HttpOptions.PathPattern)]
    public IReadOnlyDictionary<string, string> Identities { get; init; } = new Dictionary<string, string>();
}
