using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>Collects the payload types of a plugin and all that they reach.</summary>
internal sealed class JsonGraphParser
{
    private static readonly string[] s_reserved =
        [
            "Default", "Options", "GeneratedSerializerOptions", "GetTypeInfo", "Equals", "GetHashCode", "GetType", "ToString",
            "MemberwiseClone", "ReferenceEquals", "Finalize", "Expand", "Runtime", "Owned",
        ];

    private readonly JsonOwnContexts _own;
    private readonly ParseContext _context;
    private readonly Dictionary<string, ITypeSymbol> _reached = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITypeSymbol> _converted = new(StringComparer.Ordinal);
    private readonly Queue<ITypeSymbol> _open = new();

    private JsonGraphParser(JsonOwnContexts own, ParseContext context)
    {
        _own = own;
        _context = context;
    }

    public static JsonContextModel? Parse(INamedTypeSymbol plugin, ParseContext context)
    {
        var own = JsonOwnContexts.Parse(plugin, context);
        var payloads = plugin.Attributes("FastEnrich", "JsonPayloadAttribute").Where(static a => a.Named("Context") is null && a.ConstructorArguments.Length == 1).ToArray();
        if (payloads.Length == 0)
        {
            return null;
        }

        var policies = payloads.Select(static a => a.Named("NamingPolicy") as int? ?? 0).Distinct().ToArray();
        if (policies.Length > 1)
        {
            context.Report(Descriptors.MixedPolicies, plugin, plugin.Name);
        }

        var parser = new JsonGraphParser(own, context);
        foreach (var payload in payloads)
        {
            if (payload.ConstructorArguments[0].Value is ITypeSymbol root)
            {
                parser.Reach(root, Argument(payload, context.CancellationToken), root.ShortName());
            }
        }

        var name = ContextNames.Of(plugin);
        var @namespace = plugin.ContainingNamespace.IsGlobalNamespace ? null : plugin.ContainingNamespace.ToDisplayString(s_namespace);
        return new JsonContextModel(@namespace, name, policies[0], new(parser.Drain(policies[0], name)), new(own.Instances));
    }

    private static readonly SymbolDisplayFormat s_namespace = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Notes a type to be described; reports at <paramref name="at"/> when that cannot be done.</summary>
    public bool Reach(ITypeSymbol type, Location? at, string member)
    {
        if (!IsOwn(type) && JsonShapes.Problem(type, _context.Compilation) is { } problem)
        {
            _context.Report(Descriptors.UnsupportedPayload, at, member, type.ShortName(), problem);
            return false;
        }

        if (!IsOwn(type) && JsonShapes.Inner(type) is { } inner && !Reach(inner, at, member))
        {
            return false;
        }

        var name = type.FullName();
        if (!_reached.ContainsKey(name))
        {
            _reached.Add(name, type);
            _open.Enqueue(type);
        }

        return true;
    }

    /// <summary>Whether a context of the author's own describes the type; values of the built-in kinds never need one.</summary>
    public bool IsOwn(ITypeSymbol type) => JsonShapes.ValueConverter(type) is null && _own.Covers(type);

    /// <summary>Notes a type that a member's own converter reads: System.Text.Json wants to know it, but never asks how it is read.</summary>
    public void ReachConverted(ITypeSymbol type) => _converted[type.FullName()] = type;

    private List<JsonTypeModel> Drain(int policy, string contextName)
    {
        var described = new List<(ITypeSymbol Type, JsonTypeModel Model)>();
        while (_open.Count > 0)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            var type = _open.Dequeue();
            described.Add((type, JsonTypeParser.Parse(type, policy, this, _context)));
        }

        described.AddRange(_converted.Where(c => !_reached.ContainsKey(c.Key)).Select(static c => (c.Value, JsonTypeParser.Unusable(c.Key, c.Value))));
        described.Sort(static (a, b) => string.CompareOrdinal(a.Model.Type, b.Model.Type));
        var names = new HashSet<string>(s_reserved, StringComparer.Ordinal) { contextName };
        var types = new List<JsonTypeModel>();
        foreach (var (type, model) in described)
        {
            var name = PropertyName(type);
            for (var i = 2; !names.Add(name); i++)
            {
                name = $"{PropertyName(type)}{i}";
            }

            types.Add(model with { Property = name });
        }

        return types;
    }

    /// <summary>The same names as System.Text.Json's generator: <c>ListString</c>, <c>DictionaryStringInt32</c>, <c>ContactArray</c>.</summary>
    private static string PropertyName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => PropertyName(array.ElementType) + "Array",
        INamedTypeSymbol { Arity: > 0 } generic => generic.Name + string.Concat(generic.TypeArguments.Select(PropertyName)),
        _ => type.Name,
    };

    private static Location? Argument(AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: [var first, ..] } ? first.GetLocation() : null;
}
