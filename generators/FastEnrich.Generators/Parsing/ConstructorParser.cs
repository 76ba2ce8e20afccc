using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Chooses a plugin's constructor and says where each argument comes from.</summary>
internal static class ConstructorParser
{
    public sealed record Constructor(IReadOnlyList<string> Arguments, INamedTypeSymbol? Options);

    public static Constructor? Parse(INamedTypeSymbol type, Location at, ParseContext context)
    {
        if (Choose(type, at, context) is not { } constructor)
        {
            return null;
        }

        INamedTypeSymbol? options = null;
        var arguments = new List<string>();
        foreach (var parameter in constructor.Parameters)
        {
            if (OptionsParser.IsOptions(parameter.Type))
            {
                if (options is not null)
                {
                    context.Report(Descriptors.NoConstructor, parameter, type.Name, "it takes two options types");
                    return null;
                }

                options = (INamedTypeSymbol)parameter.Type;
                arguments.Add($"({options.FullName()})activation.Options!");
            }
            else if (Argument(parameter) is { } argument)
            {
                arguments.Add(argument);
            }
            else
            {
                context.Report(Descriptors.UnknownParameter, parameter, parameter.Name, parameter.Type.ShortName());
                return null;
            }
        }

        return new Constructor(arguments, options);
    }

    private static IMethodSymbol? Choose(INamedTypeSymbol type, Location at, ParseContext context)
    {
        var reachable = type.InstanceConstructors
            .Where(c => c.IsReachable(context.Compilation) && !(type.IsRecord && c.Parameters is [var only] && SymbolEqualityComparer.Default.Equals(only.Type, type)))
            .ToArray();
        var published = reachable.Where(static c => c.DeclaredAccessibility == Accessibility.Public).ToArray();
        var candidates = published.Length > 0 ? published : reachable;
        var problem = candidates.Length switch
        {
            0 => "none is public or internal",
            1 when type.HasRequiredMembers() && !candidates[0].SetsRequiredMembers() => "required members are not set; use constructor parameters instead",
            1 => null,
            _ => "more than one is public; keep one public and make the others internal",
        };
        if (problem is null)
        {
            return candidates[0];
        }

        context.Report(Descriptors.NoConstructor, at, type.Name, problem);
        return null;
    }

    private static string? Argument(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (parameter.RefKind != RefKind.None || type.IsRefLikeType)
        {
            return null;
        }

        if (type is INamedTypeSymbol { Arity: 1, Name: "ILogger" } logger && logger.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Logging")
        {
            return $"global::FastEnrich.PluginServices.Logger<{logger.TypeArguments[0].FullName()}>(activation)";
        }

        var known = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() switch
        {
            "FastEnrich.PluginContext" => "activation.Context",
            "FastEnrich.PluginDescriptor" => "activation.Context.Descriptor",
            "FastEnrich.UpstreamClient" => "activation.Context.Upstream",
            "System.TimeProvider" => "activation.Context.TimeProvider",
            "Microsoft.Extensions.Logging.ILogger" => "activation.Context.Logger",
            "System.IServiceProvider" => "activation.Services",
            _ => null,
        };
        var nullable = parameter.NullableAnnotation == NullableAnnotation.Annotated || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null };
        var keyed = parameter.Attribute("Microsoft.Extensions.DependencyInjection", "FromKeyedServicesAttribute");
        var key = keyed?.ConstructorArguments is [{ IsNull: false } given] ? ", " + Literal.Of(given) : "";
        return key.Length == 0 && known is not null ? known
            : IsService(type) ? $"global::FastEnrich.PluginServices.{(nullable ? "Optional" : "Required")}<{type.FullName()}>(activation{key})"
            : null;
    }

    private static bool IsService(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsReferenceType: true, SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Interface };
}
