namespace FastEnrich.Testing.Tests.Conformance;

/// <summary>Options of a plugin that breaks the rule it is told to.</summary>
public sealed partial record KitOptions
{
    [ConfigProperty(Description = "Address of the API", Pattern = "^https?://")]
    public required string ApiUrl { get; init; }

    [ConfigProperty(Description = "Key of the API", Sensitive = true)]
    public required string ApiKey { get; init; }

    [ConfigProperty(Description = "The rule to break; none when empty")]
    public string Flaw { get; init; } = "";

    public override string ToString() => Flaw == "options-redacted" ? $"KitOptions {{ {ApiKey} }}" : "KitOptions";
}
