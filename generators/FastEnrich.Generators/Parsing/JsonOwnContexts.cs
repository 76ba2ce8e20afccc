using System.Linq;
using FastEnrich.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>The contexts that the author declares for a plugin: what they cover is not described again, but resolved through them.</summary>
internal sealed class JsonOwnContexts
{
    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);
    private readonly List<string> _instances = [];

    /// <summary>Gets the expressions that stand for the contexts.</summary>
    public IReadOnlyList<string> Instances => _instances;

    public static JsonOwnContexts Parse(INamedTypeSymbol plugin, ParseContext context)
    {
        var own = new JsonOwnContexts();
        var checks = new JsonOwnPayloads(context);
        foreach (var payload in plugin.Attributes("FastEnrich", "JsonPayloadAttribute"))
        {
            if (payload.Named("Context") is { } named)
            {
                own.Add(payload, named as INamedTypeSymbol, checks, context);
            }
            else if (payload.ConstructorArguments.Length == 0)
            {
                context.Report(Descriptors.UnusableContext, At(payload, context), plugin.Name, "neither a type nor a context is named");
            }
        }

        return own;
    }

    public bool Covers(ITypeSymbol type) => _covered.Contains(type.FullName());

    private void Add(AttributeData payload, INamedTypeSymbol? type, JsonOwnPayloads checks, ParseContext context)
    {
        var asked = payload.ConstructorArguments is [{ Value: ITypeSymbol root }] ? root : null;
        var roots = (type?.GetAttributes() ?? [])
            .Where(static a => a.AttributeClass.Is("System.Text.Json.Serialization", "JsonSerializableAttribute"))
            .Select(static a => a.ConstructorArguments is [{ Value: ITypeSymbol covered }] ? covered : null)
            .OfType<ITypeSymbol>()
            .ToList();
        var problem =
            type is null || !type.SelfAndBases().Any(static b => b.Is("System.Text.Json.Serialization", "JsonSerializerContext"))
                ? "it does not derive from JsonSerializerContext"
            : !type.IsReachable(context.Compilation) ? "generated code cannot reach it; make it internal or public"
            : asked is not null && roots.Count > 0 && !roots.Contains(asked, SymbolEqualityComparer.Default)
                ? $"it does not cover '{asked.ShortName()}'; add [JsonSerializable(typeof({asked.ShortName()}))]"
            : null;
        var instance = problem is null ? Instance(type!, roots.Count > 0, context) : null;
        if (instance is null)
        {
            context.Report(
                Descriptors.UnusableContext,
                At(payload, context),
                type?.ShortName() ?? "null",
                problem ?? "it has neither [JsonSerializable] nor a constructor without parameters");
            return;
        }

        if (!_instances.Contains(instance))
        {
            _instances.Add(instance);
        }

        foreach (var covered in asked is null ? roots : roots.Append(asked))
        {
            _covered.Add(covered.FullName());
            checks.Check(covered);
        }
    }

    /// <summary>System.Text.Json's generator writes <c>Default</c> for whatever is marked <c>[JsonSerializable]</c>, where this one cannot see it yet.</summary>
    private static string? Instance(INamedTypeSymbol type, bool isGenerated, ParseContext context)
    {
        var hasDefault = type.GetMembers("Default").Any(m => m is IPropertySymbol { IsStatic: true } property
            && SymbolEqualityComparer.Default.Equals(property.Type, type) && context.Compilation.IsSymbolAccessibleWithin(property, context.Compilation.Assembly));
        return isGenerated || hasDefault ? $"{type.FullName()}.Default"
            : !type.IsAbstract && type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.IsReachable(context.Compilation)) ? $"new {type.FullName()}()"
            : null;
    }

    private static Location? At(AttributeData payload, ParseContext context) =>
        payload.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax syntax ? null
            : syntax.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Context")?.Expression.GetLocation() ?? syntax.GetLocation();
}
