namespace FastEnrich.Plugins.Http;

/// <summary>Where it stands who the user is.</summary>
public sealed partial record HttpDemographicFields
{
    /// <summary>Gets the age in years.</summary>
    [ConfigProperty(Description = "The age in years", Pattern = HttpOptions.PathPattern)]
    public string? Age { get; init; }

    /// <summary>Gets the date of birth, where there is no age.</summary>
    [ConfigProperty(Description = "The date of birth, where there is no age", Pattern = HttpOptions.PathPattern)]
    public string? BirthDate { get; init; }

    /// <summary>Gets the gender.</summary>
    [ConfigProperty(Description = "The gender", Pattern = HttpOptions.PathPattern)]
    public string? Gender { get; init; }

    /// <summary>Gets the place as a text.</summary>
    [ConfigProperty(Description = "The place as a text", Pattern = HttpOptions.PathPattern)]
    public string? Location { get; init; }

    /// <summary>Gets the country; names become ISO 3166 codes.</summary>
    [ConfigProperty(Description = "The country; names become ISO 3166 codes", Pattern = HttpOptions.PathPattern)]
    public string? Country { get; init; }

    /// <summary>Gets the city.</summary>
    [ConfigProperty(Description = "The city", Pattern = HttpOptions.PathPattern)]
    public string? City { get; init; }

    /// <summary>Gets the income.</summary>
    [ConfigProperty(Description = "The income", Pattern = HttpOptions.PathPattern)]
    public string? Income { get; init; }

    /// <summary>Gets the education.</summary>
    [ConfigProperty(Description = "The education", Pattern = HttpOptions.PathPattern)]
    public string? Education { get; init; }

    /// <summary>Gets the occupation.</summary>
    [ConfigProperty(Description = "The occupation", Pattern = HttpOptions.PathPattern)]
    public string? Occupation { get; init; }

    /// <summary>Gets the marital status.</summary>
    [ConfigProperty(Description = "The marital status", Pattern = HttpOptions.PathPattern)]
    public string? MaritalStatus { get; init; }
}
