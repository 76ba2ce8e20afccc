using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators;

/// <summary>Writes the descriptors, option binders and JSON contexts of a program's plugins.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static c => c.AddEmbeddedAttributeDefinition());

        var program = context.CompilationProvider.Select(ProgramReader.Read).WithTrackingName(TrackingNames.Program);
        var environment = program.Select(static (p, _) => p.Environment).WithTrackingName(TrackingNames.Environment);
        var references = program.Select(static (p, _) => p.References).WithTrackingName(TrackingNames.References);
        var all = program.SelectMany(static (p, _) => p.Plugins).WithTrackingName(TrackingNames.Parse);
        var results = all.Combine(environment.Select(EnvironmentChecks.CanGenerate)).Where(static r => r.Right).Select(static (r, _) => r.Left);
        var parsed = results.Select(static (r, _) => r.Model).WithTrackingName(TrackingNames.Parsed);

        var files = parsed.Collect().SelectMany(PluginFiles.Of).WithTrackingName(TrackingNames.Files);
        var catalog = parsed.Collect().Select(Catalog).WithTrackingName(TrackingNames.Catalog);

        context.RegisterSourceOutput(files.Combine(environment), PluginEmitter.Emit);
        context.RegisterSourceOutput(catalog.Combine(environment), CatalogEmitter.EmitCatalog);
        context.RegisterSourceOutput(references.Combine(catalog).Combine(environment), CatalogEmitter.EmitAllPlugins);

        // Diagnostics have outputs of their own: their locations change with every edit, and only real ones obey #pragma.
        context.RegisterSourceOutput(environment.Combine(all.Collect().Select(static (r, _) => r.Length > 0)), EnvironmentChecks.Report);
        context.RegisterSourceOutput(results.Collect().SelectMany(Diagnostics), static (c, d) => c.ReportDiagnostic(d));
        context.RegisterSourceOutput(results.Collect().Combine(references).Combine(environment), PluginSetChecks.Report);
    }

    private static EquatableArray<CatalogEntry> Catalog(ImmutableArray<ParsedPlugin> parsed, CancellationToken cancellationToken) => new(parsed
        .Select(static p => new CatalogEntry(p.Plugin?.Name ?? "", p.Plugin?.Aliases ?? new([]), p.Plugin?.Stem ?? "", p.Plugin is null ? null : PluginOrder.Of(p.Plugin)))
        .OrderBy(static e => e.Name, StringComparer.Ordinal)
        .ThenBy(static e => e.Stem, StringComparer.Ordinal));

    /// <summary>Plugins that share options share their mistakes, too.</summary>
    private static ImmutableArray<Diagnostic> Diagnostics(ImmutableArray<ParseResult> results, CancellationToken cancellationToken) =>
        [.. results.SelectMany(static r => r.Diagnostics).GroupBy(static d => (d.Location, d.Id, d.GetMessage(CultureInfo.InvariantCulture))).Select(static g => g.First())];
}
