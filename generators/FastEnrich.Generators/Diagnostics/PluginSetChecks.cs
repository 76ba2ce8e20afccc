using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Models;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Finds mistakes that only show when all plugins of an assembly, or of a program, are seen together.</summary>
internal static class PluginSetChecks
{
    public static void Report(SourceProductionContext context, (ImmutableArray<ParseResult> Plugins, EquatableArray<CatalogReference> References) input)
    {
        var plugins = input.Plugins
            .Where(static p => p.Model.Plugin is not null)
            .OrderBy(static p => p.Model.Plugin!.Type, StringComparer.Ordinal)
            .ToArray();
        var assemblies = ReportReferences(context, input.References);
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
        ReportCycles(context, plugins);
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

    private static void ReportCycles(SourceProductionContext context, ParseResult[] results)
    {
        var waits = results.ToDictionary(static r => r, r => results.Where(other => WaitsFor(r.Model.Plugin!, other.Model.Plugin!)).ToArray());
        var reported = new HashSet<ParseResult>();
        foreach (var start in results)
        {
            if (!reported.Contains(start) && FindWay(start, start, waits, []) is { } way)
            {
                reported.UnionWith(way);
                var names = way.Select(static r => r.Model.Plugin!.Name).Concat([start.Model.Plugin!.Name]);
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Cycle, start.NameLocation, start.Model.Plugin!.Name, string.Join(" -> ", names)));
            }
        }
    }

    /// <summary>Says whether a plugin waits for another one however it is configured; the engine checks the rest when it knows the configuration.</summary>
    private static bool WaitsFor(PluginModel plugin, PluginModel other) =>
        other.Aliases.Prepend(other.Name).Any(n => plugin.DependsOn.Contains(n, StringComparer.Ordinal))
        || (plugin != other && plugin.NeedsAreFixed && plugin.Needs.Any(n => other.Provides.Contains(n.Name, StringComparer.Ordinal))); // a plugin may look users up by what it also provides

    private static List<ParseResult>? FindWay(ParseResult from, ParseResult to, Dictionary<ParseResult, ParseResult[]> waits, HashSet<ParseResult> visited)
    {
        foreach (var next in waits[from])
        {
            if (next == to)
            {
                return [from];
            }

            if (visited.Add(next) && FindWay(next, to, waits, visited) is { } rest)
            {
                rest.Insert(0, from);
                return rest;
            }
        }

        return null;
    }
}
