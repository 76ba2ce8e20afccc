using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>
/// Leaves a payload that the generator does not cover to System.Text.Json's own: declares a context for it,
/// names it in <c>[JsonPayload]</c>, and lets the code ask it (FE3001, FE3003, FE3004, FE3005).
/// </summary>
/// <remarks>It changes several files and declares types, so there is no way to apply it to all mistakes at once.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JsonContextCodeFix)), Shared]
public sealed class JsonContextCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FE3001", "FE3003", "FE3004", "FE3005"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(static d => d.Id != "FE3003" || d.Properties.ContainsKey(ContextHelps.Key)))
        {
            var payloads = await PayloadFinder.FindAsync(context.Document, diagnostic.Location.SourceSpan, context.CancellationToken).ConfigureAwait(false);
            if (payloads.Count > 0)
            {
                var names = string.Join(", ", payloads.Select(static p => p.ContextName).Distinct().Select(static n => $"'{n}'"));
                context.RegisterCodeFix(
                    CodeAction.Create($"Declare {names} for System.Text.Json's generator", token => ApplyAsync(context.Document.Project, payloads, token), "context"),
                    diagnostic);
            }
        }
    }

    private static async Task<Solution> ApplyAsync(Project project, IReadOnlyList<Payload> payloads, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<DocumentId, List<TextChange>>();
        var declared = new HashSet<(string?, string)>();
        foreach (var payload in payloads)
        {
            var document = project.GetDocument(payload.Attribute.SyntaxTree)!;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            Add(document.Id, ContextWriter.Name(payload));
            if (declared.Add((payload.Namespace, payload.ContextName)))
            {
                Add(document.Id, [ContextWriter.Declare(payload, text)]);
            }

            foreach (var other in project.Documents)
            {
                if (await other.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
                {
                    Add(other.Id, ContextWriter.Redirect(payload, root));
                }
            }
        }

        var solution = project.Solution;
        foreach (var change in changes)
        {
            var text = await project.GetDocument(change.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            solution = solution.WithDocumentText(change.Key, text.WithChanges(change.Value.Distinct().OrderBy(static c => c.Span.Start)));
        }

        return solution;

        void Add(DocumentId id, IEnumerable<TextChange> more)
        {
            if (!changes.TryGetValue(id, out var list))
            {
                changes.Add(id, list = []);
            }

            list.AddRange(more);
        }
    }
}
