namespace FastEnrich.Aot;

public sealed partial record StillOptions
{
    [ConfigProperty(Description = "The city of every user")]
    public string City { get; init; } = "Porto";

    [ConfigProperty(Description = "What the city is called in", Enum = ["local", "english"])]
    public string Language { get; init; } = "local";

    [ConfigProperty(Description = "Whether calls never return")]
    public bool Hangs { get; init; }
}
