namespace FastEnrich.Generators;

/// <summary>The pipeline's steps, by the names that tests and profilers see.</summary>
internal static class TrackingNames
{
    public const string Program = nameof(Program);
    public const string Parse = nameof(Parse);
    public const string Parsed = nameof(Parsed);
    public const string Plugin = nameof(Plugin);
    public const string Catalog = nameof(Catalog);
    public const string Options = nameof(Options);
    public const string Redactions = nameof(Redactions);
    public const string JsonContext = nameof(JsonContext);
    public const string Environment = nameof(Environment);
    public const string References = nameof(References);
}
