namespace FastEnrich.Generators;

/// <summary>The pipeline's steps, by the names that tests and profilers see.</summary>
internal static class TrackingNames
{
    public const string Program = nameof(Program);
    public const string Parse = nameof(Parse);
    public const string Parsed = nameof(Parsed);
    public const string Files = nameof(Files);
    public const string Catalog = nameof(Catalog);
    public const string Environment = nameof(Environment);
    public const string References = nameof(References);
}
