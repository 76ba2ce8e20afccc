using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>One way to correct a mistake: what its author is shown, the key that tells it from other ways, and what changes.</summary>
internal sealed record TextFix(string Title, string Key, IReadOnlyList<TextChange> Changes);
