using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>A fix that is a few changes of text in the document of its diagnostic; all else stays as the author wrote it.</summary>
public abstract class TextCodeFix : CodeFixProvider
{
    private protected TextCodeFix(string id) => FixableDiagnosticIds = [id];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in await FixesAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(CodeAction.Create(fix.Title, token => ApplyAsync(context.Document, fix.Changes, token), fix.Key), diagnostic);
            }
        }
    }

    /// <summary>Gives the ways to correct what is reported at a node; none where it would not compile.</summary>
    internal virtual Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) => Task.FromResult(Fixes(node));

    /// <summary>The same, for what syntax alone tells.</summary>
    internal virtual IReadOnlyList<TextFix> Fixes(SyntaxNode node) => [];

    private async Task<IReadOnlyList<TextFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is null ? [] : await FixesAsync(document, root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics)
        {
            var fixes = await FixesAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            changes.AddRange(fixes.Where(f => f.Key == context.CodeActionEquivalenceKey).SelectMany(static f => f.Changes));
        }

        return await ApplyAsync(document, changes, context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>What two fixes change alike, such as the type around two records, is changed once.</summary>
    private static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.Distinct().OrderBy(static c => c.Span.Start)));
    }
}
