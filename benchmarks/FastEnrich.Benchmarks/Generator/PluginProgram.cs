using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Benchmarks.Generator;

/// <summary>A program of many plugins, each with options, a payload and needs in files of its own, and one file that has nothing to do with them.</summary>
internal sealed class PluginProgram
{
    private const string Unrelated = "namespace Acme; internal static class Unrelated { public static int Answer() => 0; }";

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                    || name is "FastEnrich.Abstractions.dll" or "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly SyntaxTree _unrelated;

    public PluginProgram(int plugins)
    {
        _unrelated = Tree(Unrelated, "Unrelated.cs");
        Compilation = CSharpCompilation.Create(
            "Acme",
            [.. Enumerable.Range(0, plugins).SelectMany(Plugin), Tree(Prelude, "Prelude.cs"), _unrelated],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _ = Compilation.SyntaxTrees; // an editor knows its program's files before a key is pressed; without this every edit would begin with listing them all
    }

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    public CSharpCompilation Compilation { get; }

    /// <summary>Gives the program as it is after a key was pressed in a method that has nothing to do with plugins; a new one each time.</summary>
    public CSharpCompilation Edited(int number) =>
        Compilation.ReplaceSyntaxTree(_unrelated, Tree(Unrelated.Replace("=> 0", "=> " + number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), "Unrelated.cs"));

    /// <summary>Gives the program anew, with nothing bound yet.</summary>
    public CSharpCompilation Unbound() => CSharpCompilation.Create(Compilation.AssemblyName, Compilation.SyntaxTrees, Compilation.References, Compilation.Options);

    private const string Prelude =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FastEnrich;
        """;

    private static IEnumerable<SyntaxTree> Plugin(int i)
    {
        yield return Tree(
            $$"""
            namespace Acme;

            [EnrichmentPlugin("acme-{{i}}", Version = "1.2.{{i}}", Description = "Plugin {{i}}.", Capabilities = ["contact"])]
            [JsonPayload(typeof(Contact{{i}}))]
            [Needs("email")]
            [Provides("acme_{{i}}")]
            public sealed class Acme{{i}}Plugin(Acme{{i}}Options options, UpstreamClient upstream) : IEnrichmentPlugin
            {
                public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
                    throw new NotSupportedException($"{options} {upstream}");
            }
            """,
            $"Acme{i}Plugin.cs");
        yield return Tree(
            $$"""
            namespace Acme;

            public sealed partial record Acme{{i}}Options
            {
                [ConfigProperty(Description = "Where it is.")]
                public Uri Endpoint { get; init; } = new("https://acme.example");

                [ConfigProperty(Description = "The key.", Sensitive = true)]
                public required string ApiKey { get; init; }

                [ConfigProperty(Description = "At most this long.", Minimum = 0.1, Maximum = 60)]
                public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

                [ConfigProperty(Description = "Fields to ask for.")]
                public IReadOnlyList<string> Fields { get; init; } = ["name", "email"];

                [ConfigProperty(Description = "How often.", Minimum = 1, Maximum = 10)]
                public int Retries { get; init; } = 3;
            }
            """,
            $"Acme{i}Options.cs");
        yield return Tree(
            $$"""
            namespace Acme;

            public sealed record Contact{{i}}
            {
                [JsonPropertyName("id")]
                public required string Id { get; init; }

                public string? Name { get; init; }

                public DateTimeOffset? Created { get; init; }

                public IReadOnlyList<Deal{{i}}> Deals { get; init; } = [];

                public Dictionary<string, JsonElement>? Extra { get; init; }
            }

            public sealed record Deal{{i}}(string Title, decimal Amount, bool Won);
            """,
            $"Contact{i}.cs");
    }

    private static SyntaxTree Tree(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);
}
