using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>What a payload is made of.</summary>
internal static class PayloadGraph
{
    /// <summary>Says whether a payload holds values of a type, however deep, or derives from it.</summary>
    public static bool Reaches(ITypeSymbol payload, INamedTypeSymbol type)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ITypeSymbol>([payload]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (SymbolEqualityComparer.Default.Equals(next.OriginalDefinition, type))
            {
                return true;
            }

            if (next is IArrayTypeSymbol array)
            {
                open.Push(array.ElementType);
            }
            else if (next is INamedTypeSymbol named && seen.Add(named))
            {
                foreach (var part in Parts(named))
                {
                    open.Push(part);
                }
            }
        }

        return false;
    }

    /// <summary>The name that contexts give to the property of a type: <c>ListString</c>, <c>ContactArray</c>.</summary>
    public static string PropertyName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => PropertyName(array.ElementType) + "Array",
        INamedTypeSymbol { Arity: > 0 } generic => generic.Name + string.Concat(generic.TypeArguments.Select(PropertyName)),
        _ => type.Name,
    };

    private static IEnumerable<ITypeSymbol> Parts(INamedTypeSymbol type)
    {
        var members = type.Locations.Any(static l => l.IsInSource)
            ? type.GetMembers()
                .Select(static m => m switch
                {
                    IPropertySymbol { IsStatic: false } property => property.Type,
                    IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type,
                    _ => null,
                })
                .OfType<ITypeSymbol>()
            : [];
        return members.Concat(type.TypeArguments).Concat(type.BaseType is { } parent ? [parent] : []);
    }
}
