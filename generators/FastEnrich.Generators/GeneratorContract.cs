namespace FastEnrich.Generators;

/// <summary>What generated code relies on in the libraries. They carry the same number, from the property GeneratorContract.</summary>
internal static class GeneratorContract
{
    public const int Version = 1;
}
