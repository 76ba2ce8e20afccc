using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Describes a member of a generic type in terms of the type's own parameters.</summary>
internal static class GenericAccess
{
    public static GenericAccessModel? Of(ISymbol member)
    {
        var open = member.OriginalDefinition;
        var declaring = open.ContainingType;
        var parameters = declaring.ContainingTypes().SelectMany(static type => type.TypeParameters).ToArray();
        if (parameters.Length == 0)
        {
            return null;
        }

        var arguments = member.ContainingType.ContainingTypes().SelectMany(static type => type.TypeArguments).Select(static argument => argument.FullName());
        return new GenericAccessModel(
            $"<{string.Join(", ", parameters.Select(static p => p.Name))}>",
            string.Concat(parameters.Select(Constraints)),
            declaring.FullName(),
            open is IPropertySymbol property ? property.Type.FullName() : ((IFieldSymbol)open).Type.FullName(),
            $"<{string.Join(", ", arguments)}>");
    }

    private static IEnumerable<INamedTypeSymbol> ContainingTypes(this INamedTypeSymbol type) =>
        (type.ContainingType?.ContainingTypes() ?? []).Append(type);

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(static type => type.FullName()));
        if (parameter is { HasConstructorConstraint: true, HasValueTypeConstraint: false })
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }
}
