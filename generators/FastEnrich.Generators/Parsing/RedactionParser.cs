using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>Finds the records that must not print a secret. Classes print none by themselves.</summary>
internal static class RedactionParser
{
    private static readonly SymbolDisplayFormat s_name = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat s_namespace = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static IEnumerable<RedactionModel> Parse(INamedTypeSymbol type, ParseContext context)
    {
        foreach (var record in type.SelfAndBases().Where(static t => t.IsRecord))
        {
            var secret = record.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(static p => ConfigFieldParser.Attribute(p).Named("Sensitive") is true);
            if (secret is null || record.Place() is null || Declares(record, "PrintMembers", parameters: 1))
            {
                continue;
            }

            if (!IsPartial(record, context.CancellationToken))
            {
                if (Declares(record, "ToString", parameters: 0))
                {
                    continue; // what it prints is the author's choice; with a partial record, what PrintMembers prints is ours
                }

                context.Report(Descriptors.NotPartial, record, record.Name, secret.Name);
                continue;
            }

            yield return Model(record);
        }
    }

    private static bool Declares(INamedTypeSymbol record, string method, int parameters) =>
        record.GetMembers(method).OfType<IMethodSymbol>().Any(m => !m.IsImplicitlyDeclared && m.Parameters.Length == parameters);

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(r =>
            r.GetSyntax(cancellationToken) is not TypeDeclarationSyntax t || t.Modifiers.Any(SyntaxKind.PartialKeyword)) // or top-level statements
        && (type.ContainingType is null || IsPartial(type.ContainingType, cancellationToken));

    private static RedactionModel Model(INamedTypeSymbol record)
    {
        var declarations = new List<string>();
        for (var current = record; current is not null; current = current.ContainingType)
        {
            declarations.Insert(0, $"partial {Keyword(current)} {current.ToDisplayString(s_name)}");
        }

        var derived = record.BaseType is { IsRecord: true };
        var signature = derived ? "protected override" : record.IsSealed ? "private" : "protected virtual";
        var members = record.GetMembers()
            .Where(static m =>
                m is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsOverride: false }
                    and (IFieldSymbol or IPropertySymbol { GetMethod: not null, IsIndexer: false }))
            .Select(static m => new PrintedMember(m.Name, ConfigFieldParser.Attribute(m).Named("Sensitive") is true));
        return new RedactionModel(
            record.FullName(),
            record.ContainingNamespace.IsGlobalNamespace ? null : record.ContainingNamespace.ToDisplayString(s_namespace),
            new(declarations),
            signature,
            derived,
            new(members));
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };
}
