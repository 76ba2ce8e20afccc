using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Makes static state of a plugin readonly, where nothing writes it after its initialiser (FE1008).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadOnlyCodeFix)), Shared]
public sealed class ReadOnlyCodeFix() : TextCodeFix("FE1008")
{
    internal override async Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (Change(node) is not var (declaration, change)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } symbol
            || CopiesWhenReadOnly((symbol as IFieldSymbol)?.Type)
            || symbol.GetAttributes().Any(static a => a.AttributeClass?.Name == "ThreadStaticAttribute") // of which each thread needs its own
            || await BreaksAsync(document, symbol, change, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        return [new($"Make '{symbol.Name}' readonly", "readonly", [change])];
    }

    private static (SyntaxNode Declaration, TextChange Change)? Change(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is
            { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax } declaration } variable)
        {
            return (variable, Edit.Insert(declaration.Type.SpanStart, "readonly "));
        }

        return node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is
        {
            AccessorList.Accessors:
            [
                { RawKind: (int)SyntaxKind.GetAccessorDeclaration } getter,
                { Body: null, ExpressionBody: null } setter,
            ],
        } property
            ? (property, Edit.Remove(getter.Span.End, setter.Span.End))
            : null;
    }

    /// <summary>A method that changes a readonly struct field changes a copy, and nobody says so.</summary>
    private static bool CopiesWhenReadOnly(ITypeSymbol? type) =>
        type is { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum };

    /// <summary>Compiles the files that name the symbol as they would be, which is the only sure way to know.</summary>
    private static async Task<bool> BreaksAsync(Document document, ISymbol symbol, TextChange change, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changed = solution.WithDocumentText(document.Id, text.WithChanges(change));
        var found = await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false);
        var files = found.SelectMany(static f => f.Locations).Select(static l => l.Document.Id).Append(document.Id).Distinct();
        foreach (var file in files)
        {
            if (await ErrorsAsync(changed, file, cancellationToken).ConfigureAwait(false) > await ErrorsAsync(solution, file, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> ErrorsAsync(Solution solution, DocumentId id, CancellationToken cancellationToken)
    {
        var model = solution.GetDocument(id) is { } document ? await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) : null;
        return model?.GetDiagnostics(cancellationToken: cancellationToken).Count(static d => d.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
