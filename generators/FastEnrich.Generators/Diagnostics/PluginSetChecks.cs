using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Finds mistakes that only show when all plugins of an assembly, or of a program, are seen together.</summary>
internal static class PluginSetChecks
{
    public static void Report(
        SourceProductionContext context,
        ((ImmutableArray<ParseResult> Plugins, EquatableArray<CatalogReference> References) Sets, EnvironmentModel Environment) input)
    {
        var ((results, references), environment) = input;
        var plugins = results
            .Where(static p => p.Model.Plugin is not null)
            .OrderBy(static p => p.Model.Plugin!.Type, StringComparer.Ordinal)
            .ToArray();
        var assemblies = ReportReferences(context, references);
        var owners = new Dictionary<string, PluginModel>(StringComparer.Ordinal);
        foreach (var result in plugins)
        {
            var plugin = result.Model.Plugin!;
            if (owners.TryGetValue(plugin.Name, out var other))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.DuplicateName, result.NameLocation, plugin.Name, other.Type.Replace("global::", "")));
            }
            else
            {
                owners.Add(plugin.Name, plugin);
            }

            foreach (var name in plugin.Aliases.Prepend(plugin.Name))
            {
                if (assemblies.TryGetValue(name, out var assembly))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.DuplicateAcrossAssemblies, result.NameLocation, name, assembly, "this one"));
                }
            }
        }

        ReportAliases(context, plugins, owners);
        if (plugins.Length > 0 || environment.IsExecutable)
        {
            CycleChecks.Report(
                context.ReportDiagnostic,
                [.. plugins.Select(static p => (PluginOrder.Of(p.Model.Plugin!), p.NameLocation))],
                [.. references.Where(static r => r.Reachable).SelectMany(static r => r.Orders)]);
        }
    }

    private static void ReportAliases(SourceProductionContext context, ParseResult[] plugins, Dictionary<string, PluginModel> owners)
    {
        foreach (var result in plugins)
        {
            var plugin = result.Model.Plugin!;
            foreach (var alias in plugin.Aliases)
            {
                if (!owners.TryGetValue(alias, out var other))
                {
                    owners.Add(alias, plugin);
                }
                else if (other != plugin)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.DuplicateAlias, result.NameLocation, alias, other.Type.Replace("global::", "")));
                }
            }
        }
    }

    private static Dictionary<string, string> ReportReferences(SourceProductionContext context, EquatableArray<CatalogReference> references)
    {
        var assemblies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            if (!reference.Reachable)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.CatalogUnderAlias, Location.None, reference.Assembly));
                continue;
            }

            if (reference.Format > CatalogEmitter.Format)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NewerCatalog, Location.None, reference.Assembly));
                continue;
            }

            foreach (var name in reference.Plugins)
            {
                if (assemblies.TryGetValue(name, out var other))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.DuplicateAcrossAssemblies, Location.None, name, other, reference.Assembly));
                }
                else
                {
                    assemblies.Add(name, reference.Assembly);
                }
            }
        }

        return assemblies;
    }

}
