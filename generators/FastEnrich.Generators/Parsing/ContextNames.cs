using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>What a plugin's generated JSON context is called.</summary>
internal static class ContextNames
{
    /// <summary>Gives <c>PluginJsonContext</c> for a class <c>Plugin</c>, and <c>Outer_PluginJsonContext</c> when it is nested in <c>Outer</c>.</summary>
    public static string Of(INamedTypeSymbol plugin) => string.Join("_", plugin.WithContainingTypes().Reverse().Select(Escaped)) + "JsonContext";

    /// <summary>
    /// Keeps <c>Outer_Plugin</c> and <c>Outer.Plugin</c> apart: <c>_0</c> stands for an underscore, and a number above it for type parameters. No name begins with
    /// a digit, so the underscore between two names never stands before one.
    /// </summary>
    private static string Escaped(INamedTypeSymbol type)
    {
        var name = type.Name.Replace("_", "_0");
        return type.Arity == 0 ? name : $"{name}_{type.Arity}";
    }

    private static IEnumerable<INamedTypeSymbol> WithContainingTypes(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }
}
