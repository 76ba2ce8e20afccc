using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>Turns a class marked <c>[EnrichmentPlugin]</c> into models.</summary>
internal static class PluginParser
{
    public static ParseResult Parse(TypeDeclarationSyntax declaration, INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var at = declaration.Identifier.GetLocation();
        var nameAt = NameLocation(attribute, at, cancellationToken);
        var context = new ParseContext(compilation, at, cancellationToken);
        var stem = Names.Stem(type.FullName());
        ParsedPlugin model;
        try
        {
            model = Parse(type, stem, attribute, at, nameAt, context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            context.Report(Descriptors.Failure, at, type.Name, e.GetType().Name, e.Message); // one bad plugin must not take the others down
            model = new ParsedPlugin(stem, null, null, null);
        }

        return new ParseResult(model, nameAt, context.Diagnostics());
    }

    private static ParsedPlugin Parse(INamedTypeSymbol type, string stem, AttributeData attribute, Location at, Location nameAt, ParseContext context)
    {
        var name = attribute.ConstructorArguments is [{ Value: string text }, ..] ? text : "";
        if (!PluginTexts.IsName(name))
        {
            context.Report(Descriptors.InvalidName, nameAt, name);
        }

        CheckVersions(attribute, nameAt, context);
        var aliases = Aliases(name, attribute, nameAt, context);

        var json = JsonGraphParser.Parse(type, context);
        if (!CanBeCreated(type, at, context))
        {
            return new ParsedPlugin(stem, null, null, json);
        }

        var constructor = ConstructorParser.Parse(type, at, context);
        var options = constructor?.Options is { } optionsType ? OptionsParser.Parse(optionsType, context) : null;
        if (constructor is null || context.ErrorCount > 0)
        {
            return new ParsedPlugin(stem, null, null, json);
        }

        var plugin = new PluginModel(
            type.FullName(),
            stem,
            name,
            new(aliases),
            attribute.Named("Version") as string ?? "1.0.0",
            attribute.Named("Description") as string ?? "",
            attribute.Named("Author") as string ?? "",
            attribute.Named("Website") as string,
            attribute.Named("License") as string,
            attribute.Named("MinEngineVersion") as string,
            attribute.Named("MaxEngineVersion") as string,
            new(attribute.NamedTexts("Capabilities")),
            new(attribute.NamedTexts("Tags")),
            new(type.Attribute("FastEnrich", "ProvidesAttribute")?.Texts() ?? []),
            new(type.Attributes("FastEnrich", "NeedsAttribute").SelectMany(static a => a.Texts().Select(n => new NeedModel(n, a.Named("Optional") is true)))),
            NeedsAreFixed(type),
            attribute.Named("AllowMultiple") is true,
            new(type.Attributes("FastEnrich", "DependsOnAttribute").Select(static a => a.ConstructorArguments is [{ Value: string other }] ? other : "")),
            new(constructor.Arguments),
            options?.Type,
            options?.Stem);
        return new ParsedPlugin(stem, plugin, options, json);
    }

    private static string[] Aliases(string name, AttributeData attribute, Location at, ParseContext context)
    {
        var aliases = attribute.NamedTexts("Aliases").ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        foreach (var alias in aliases.Where(a => !seen.Add(a) || !PluginTexts.IsName(a)))
        {
            context.Report(Descriptors.InvalidAlias, at, alias);
        }

        return aliases;
    }

    private static void CheckVersions(AttributeData attribute, Location fallback, ParseContext context)
    {
        foreach (var argument in new[] { "Version", "MinEngineVersion", "MaxEngineVersion" })
        {
            if (attribute.Named(argument) is string text && !PluginTexts.IsVersion(text))
            {
                context.Report(Descriptors.InvalidVersion, ArgumentLocation(attribute, argument, fallback, context.CancellationToken), text);
            }
        }
    }

    private static bool NeedsAreFixed(INamedTypeSymbol type)
    {
        var member = type.AllInterfaces.First(static i => i.Is("FastEnrich", "IEnrichmentPlugin")).GetMembers("LookupIdentities").FirstOrDefault();
        return member is null || type.FindImplementationForInterfaceMember(member) is null or { ContainingType.TypeKind: TypeKind.Interface };
    }

    private static bool CanBeCreated(INamedTypeSymbol type, Location at, ParseContext context)
    {
        var before = context.ErrorCount;
        if (!type.Implements("FastEnrich", "IEnrichmentPlugin"))
        {
            context.Report(Descriptors.NotAPlugin, at, type.Name);
        }

        if (type.IsStatic || type.IsAbstract)
        {
            context.Report(Descriptors.NotCreatable, at, type.Name, type.IsStatic ? "static" : "abstract");
        }

        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                context.Report(Descriptors.NotCreatable, at, type.Name, "generic");
                return false;
            }
        }

        if (!type.IsReachable(context.Compilation))
        {
            context.Report(Descriptors.NotReachable, at, type.Name);
        }

        return context.ErrorCount == before;
    }

    private static Location NameLocation(AttributeData attribute, Location fallback, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: [var first, ..] }
            ? first.GetLocation()
            : fallback;

    private static Location ArgumentLocation(AttributeData attribute, string name, Location fallback, CancellationToken cancellationToken) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation() ?? fallback;
}
