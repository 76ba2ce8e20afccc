namespace FastEnrich.Generators.Emit;

/// <summary>The mark on generated types; its version is a constant, so that the output changes only when the input does.</summary>
internal static class GeneratedCode
{
    public const string Attribute =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"FastEnrich.Generators\", \"1\"), global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    public const string Hidden =
        "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>Keeps assemblies with InternalsVisibleTo between them from seeing each other's extension methods.</summary>
    public const string Embedded = "[global::Microsoft.CodeAnalysis.Embedded]";
}
