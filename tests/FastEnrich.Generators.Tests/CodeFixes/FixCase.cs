using Microsoft.CodeAnalysis.CodeFixes;

namespace FastEnrich.Generators.Tests.CodeFixes;

/// <summary>A mistake and what the fix makes of it; <see cref="After"/> is missing where none may be offered.</summary>
public sealed record FixCase(CodeFixProvider Provider, string Key, string Before, string? After)
{
    public override string ToString() => $"{Provider.GetType().Name} {Key} {Before}";
}
