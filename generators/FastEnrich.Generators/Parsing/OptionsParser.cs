using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Turns an options type, and the types nested in it, into a model.</summary>
internal sealed class OptionsParser
{
    private readonly ParseContext _context;
    private readonly List<OptionsTypeModel> _types = [];
    private readonly List<RedactionModel> _redactions = [];
    private readonly HashSet<ITypeSymbol> _done = new(SymbolEqualityComparer.Default);
    private readonly Stack<INamedTypeSymbol> _open = new();

    private OptionsParser(ParseContext context) => _context = context;

    public static bool IsOptions(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named
        && named.SelfAndBases().Any(static t => t.GetMembers().Any(static m => m is IPropertySymbol && ConfigFieldParser.Attribute(m) is not null));

    public static OptionsModel? Parse(INamedTypeSymbol type, ParseContext context)
    {
        var parser = new OptionsParser(context);
        parser.Visit(type);
        if (context.ErrorCount > 0 || parser._types.Count == 0)
        {
            return null;
        }

        parser._types.Reverse(); // the root is finished last
        return new OptionsModel(type.FullName(), Names.Stem(type.FullName()), new(parser._types), new(parser._redactions));
    }

    /// <summary>Visits a nested type; the field says whom to blame for a cycle.</summary>
    public void VisitNested(INamedTypeSymbol type, IPropertySymbol field)
    {
        if (_open.Contains(type, SymbolEqualityComparer.Default))
        {
            _context.Report(Descriptors.CyclicOptions, field, field.Name, type.Name);
            return;
        }

        Visit(type);
    }

    private void Visit(INamedTypeSymbol type)
    {
        if (!_done.Add(type))
        {
            return;
        }

        _context.CancellationToken.ThrowIfCancellationRequested();
        var constructor = type.InstanceConstructors.FirstOrDefault(static c => c.Parameters.Length == 0);
        if (Problem(type, constructor) is { } problem)
        {
            _context.Report(Descriptors.OptionsNotCreatable, type, type.Name, problem);
            return;
        }

        _open.Push(type);
        var fields = new List<ConfigFieldModel>();
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in type.SelfAndBases().Reverse().SelectMany(static t => t.GetMembers().OfType<IPropertySymbol>()))
        {
            if (ConfigFieldParser.Attribute(property) is not { } attribute || !seen.Add(property.Name)
                || new ConfigFieldParser(_context, this).Parse(property, attribute) is not { } field)
            {
                continue;
            }

            var plain = field.Key.Replace("_", "").Replace("-", "").ToLowerInvariant();
            if (keys.TryGetValue(plain, out var other))
            {
                _context.Report(Descriptors.DuplicateKey, property, property.Name, field.Key, other);
                continue;
            }

            keys.Add(plain, property.Name);
            fields.Add(field);
        }

        _open.Pop();
        _redactions.AddRange(RedactionParser.Parse(type, _context));
        var unsafely = type.HasRequiredMembers() && !constructor!.SetsRequiredMembers();
        _types.Add(new OptionsTypeModel(type.FullName(), Names.Stem(type.FullName()), unsafely, new(fields)));
    }

    private string? Problem(INamedTypeSymbol type, IMethodSymbol? constructor)
    {
        if (type.IsValueType)
        {
            return "they are a struct; use a class or record";
        }

        if (type.IsAbstract || type.IsGenericType)
        {
            return type.IsAbstract ? "they are abstract" : "they are generic";
        }

        if (!type.IsReachable(_context.Compilation))
        {
            return "they cannot be reached from generated code; make them internal or public";
        }

        return constructor.IsReachable(_context.Compilation) ? null : "they need a constructor without parameters";
    }
}
