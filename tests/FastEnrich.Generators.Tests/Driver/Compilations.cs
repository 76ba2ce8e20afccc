using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

/// <summary>Compilations to run the generator on.</summary>
internal static class Compilations
{
    private const string Prelude =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FastEnrich;

        internal abstract class Base : IEnrichmentPlugin
        {
            public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => default;
        }
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "FastEnrich.Abstractions.dll" or "netstandard.dll"
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Create(params string[] sources) => Named("Sample", OutputKind.DynamicallyLinkedLibrary, [], sources);

    public static CSharpCompilation Named(string assembly, OutputKind kind, IEnumerable<MetadataReference> references, params string[] sources) => CSharpCompilation.Create(
        assembly,
        sources.Prepend(Prelude).Select((s, i) => Parse(s, $"File{i}.cs")),
        [.. s_references, .. references],
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, s_parse, path);

    /// <summary>Gives the same sources in another version of C#.</summary>
    public static CSharpCompilation InLanguage(this CSharpCompilation compilation, LanguageVersion version) => compilation.RemoveAllSyntaxTrees()
        .AddSyntaxTrees(compilation.SyntaxTrees.Select(t => CSharpSyntaxTree.ParseText(t.GetText(), s_parse.WithLanguageVersion(version), t.FilePath)));

    public static GeneratorDriver Driver(LanguageVersion version = LanguageVersion.CSharp14) => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()],
        parseOptions: s_parse.WithLanguageVersion(version),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator once.</summary>
    public static GeneratorRun Run(Compilation compilation)
    {
        var driver = Driver(((CSharpCompilation)compilation).LanguageVersion).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return new GeneratorRun(output, diagnostics, driver.GetRunResult().Results[0]);
    }

    /// <summary>Compiles the sources with the generator.</summary>
    public static byte[] Image(string assembly, IEnumerable<MetadataReference> references, params string[] sources)
    {
        using var image = new MemoryStream();
        var emitted = Run(Named(assembly, OutputKind.DynamicallyLinkedLibrary, references, sources)).Output.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }

    /// <summary>Compiles the sources with the generator and refers to the result as a file would be.</summary>
    public static MetadataReference Library(string assembly, params string[] sources) => MetadataReference.CreateFromImage(Image(assembly, [], sources));
}
