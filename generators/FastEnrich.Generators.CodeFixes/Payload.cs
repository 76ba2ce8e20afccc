using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>A payload that a context of its own is to cover.</summary>
/// <param name="Plugin">The plugin that names it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attribute">Where the plugin names it.</param>
/// <param name="TypeText">Its type, as the context can name it.</param>
/// <param name="ContextName">What the context is to be called.</param>
/// <param name="NeedsQualification">Whether the file does not use the namespace of System.Text.Json's attributes.</param>
internal sealed record Payload(INamedTypeSymbol Plugin, ITypeSymbol Type, AttributeSyntax Attribute, string TypeText, string ContextName, bool NeedsQualification)
{
    /// <summary>Gets the namespace that the plugin and the context are in.</summary>
    public string? Namespace => Plugin.ContainingNamespace.IsGlobalNamespace ? null : Plugin.ContainingNamespace.ToDisplayString();

    /// <summary>Gets the name of the context that the generator writes for the plugin.</summary>
    public string GeneratedContext => ContextNames.Of(Plugin);
}
