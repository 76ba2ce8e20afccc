using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Writes what a payload's own context takes.</summary>
internal static class ContextWriter
{
    private const string Namespace = "global::System.Text.Json.Serialization.";

    /// <summary>Names the context in the attribute; the naming policy moves to the context.</summary>
    public static IEnumerable<TextChange> Name(Payload payload)
    {
        var arguments = payload.Attribute.ArgumentList!.Arguments;
        var context = Edit.Insert(arguments[0].Span.End, $", Context = typeof({payload.ContextName})");
        return Policy(payload) is { } policy
            ? [context, Edit.Remove(policy.GetFirstToken().GetPreviousToken().SpanStart, policy.Span.End)]
            : [context];
    }

    /// <summary>Declares the context behind the plugin, or behind the type around it.</summary>
    public static TextChange Declare(Payload payload, SourceText text)
    {
        var outermost = payload.Attribute.Ancestors().OfType<TypeDeclarationSyntax>().Last();
        var line = text.Lines.GetLineFromPosition(outermost.SpanStart);
        var indent = text.ToString(TextSpan.FromBounds(line.Start, outermost.SpanStart));
        indent = indent.Substring(0, indent.Length - indent.TrimStart().Length);
        var newLine = text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak)) is { Length: > 0 } found ? found : "\n";
        var qualifier = payload.NeedsQualification ? Namespace : "";
        var options = Policy(payload) is { } policy ? $"[{qualifier}JsonSourceGenerationOptions(PropertyNamingPolicy = {policy.Expression})]{newLine}{indent}" : "";
        return Edit.Insert(
            outermost.Span.End,
            $"{newLine}{newLine}{indent}{options}[{qualifier}JsonSerializable(typeof({payload.TypeText}))]{newLine}"
            + $"{indent}internal sealed partial class {payload.ContextName} : {qualifier}JsonSerializerContext;");
    }

    /// <summary>Lets code that asks the generated context for the payload ask the payload's own.</summary>
    public static IEnumerable<TextChange> Redirect(Payload payload, SyntaxNode root)
    {
        var property = PayloadGraph.PropertyName(payload.Type);
        return root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(a => a.Name.Identifier.ValueText == property)
            .Select(static a => a.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Default" } instance ? instance.Expression : null)
            .Select(static e => e is MemberAccessExpressionSyntax qualified ? qualified.Name : e as SimpleNameSyntax)
            .Where(n => n?.Identifier.ValueText == payload.GeneratedContext)
            .Select(n => Edit.Replace(n!, payload.ContextName));
    }

    private static AttributeArgumentSyntax? Policy(Payload payload) =>
        payload.Attribute.ArgumentList!.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "NamingPolicy");
}
