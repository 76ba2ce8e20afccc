using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Finds members that would share a JSON name, which System.Text.Json finds at run time only.</summary>
internal static class JsonNames
{
    private const int SnakeCaseLower = 2; // JsonKnownNamingPolicy.SnakeCaseLower

    public static void Check(INamedTypeSymbol type, IReadOnlyList<JsonPropertyModel> properties, int policy, ParseContext context)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in properties.Where(static p => p.Ignore != JsonPropertyParser.IgnoreAlways))
        {
            var name = property.JsonName ?? (policy == SnakeCaseLower ? NameFormat.SnakeCase(property.Name) : property.Name);
            if (!seen.ContainsKey(name))
            {
                seen.Add(name, property.Name);
                continue;
            }

            var symbol = type.SelfAndBases().SelectMany(t => t.GetMembers(property.Name)).First();
            context.Report(Descriptors.DuplicateJsonName, symbol, property.Name, name, seen[name]);
        }
    }
}
