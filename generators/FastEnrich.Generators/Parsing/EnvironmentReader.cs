using System.Linq;
using FastEnrich.Generators.Emit;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Parsing;

/// <summary>Reads from the compilation what does not depend on any one plugin.</summary>
internal static class EnvironmentReader
{
    private const string Contract = "FastEnrich.Abstractions";
    private const string Engine = "FastEnrich";

    public static EnvironmentModel Environment(Compilation compilation, CancellationToken cancellationToken)
    {
        var assembly = compilation.AssemblyName ?? "";
        var strangers = new EquatableArray<ContractModel>(compilation.SourceModule.ReferencedAssemblySymbols.Where(static a => a.Name is Contract or Engine)
            .Select(static a => new ContractModel(a.Name, a.Identity.Version.ToString(3), ContractOf(a)))
            .Where(static m => m.Contract != GeneratorContract.Version)
            .OrderBy(static m => m.Assembly, StringComparer.Ordinal));
        var language = ((CSharpCompilation)compilation).LanguageVersion;
        return new EnvironmentModel(
            assembly,
            Names.Namespace(assembly),
            compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication,
            compilation.SourceModule.ReferencedAssemblies.Any(static r => r.Name == Contract) && strangers.Count == 0,
            language < LanguageVersion.CSharp13 ? language.ToDisplayString() : null,
            strangers);
    }

    private static int ContractOf(IAssemblySymbol assembly) => assembly.GetAttributes()
        .Where(static a => a.AttributeClass is { Name: "GeneratorContractAttribute", ContainingAssembly.Name: Contract })
        .Select(static a => a.ConstructorArguments is [{ Value: int version }] ? version : 0)
        .FirstOrDefault();

    /// <summary>Finds the plugins of referenced assemblies by their assembly attribute; types are never walked.</summary>
    public static EquatableArray<CatalogReference> References(Compilation compilation, CancellationToken cancellationToken)
    {
        var found = new List<CatalogReference>();
        foreach (var assembly in WithContract(compilation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attributes = assembly.GetAttributes();
            foreach (var attribute in attributes)
            {
                if (IsCatalog(attribute) && attribute.ConstructorArguments is [{ Value: INamedTypeSymbol catalog }, { Kind: TypedConstantKind.Array } plugins])
                {
                    var aliases = compilation.GetMetadataReference(assembly)?.Properties.Aliases ?? default;
                    var reachable = aliases.IsDefaultOrEmpty || aliases.Contains("global");
                    var names = plugins.Values.Select(static v => v.Value as string ?? "");
                    var format = attribute.Named("Format") is int given ? given : 1;
                    found.Add(new CatalogReference(assembly.Name, catalog.FullName(), format, reachable, new(names), new(Orders(attributes))));
                }
            }
        }

        return new(found.OrderBy(static r => r.Assembly, StringComparer.Ordinal));
    }

    /// <summary>The referenced assemblies that may hold plugins.</summary>
    public static IEnumerable<IAssemblySymbol> WithContract(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols.Where(static a => a.Modules.Any(static m => m.ReferencedAssemblies.Any(static r => r.Name == Contract)));

    public static bool IsCatalog(AttributeData attribute) => attribute.AttributeClass is { Name: "GeneratedPluginCatalogAttribute", ContainingAssembly.Name: Contract };

    private static IEnumerable<PluginOrder> Orders(IEnumerable<AttributeData> attributes) => attributes
        .Where(static a => a.AttributeClass is { Name: "GeneratedPluginOrderAttribute", ContainingAssembly.Name: Contract })
        .Select(static a => new PluginOrder(
            a.ConstructorArguments is [{ Value: string name }] ? name : "",
            new(a.NamedTexts("Aliases")),
            new(a.NamedTexts("DependsOn")),
            new(a.NamedTexts("Needs")),
            new(a.NamedTexts("Provides"))))
        .OrderBy(static o => o.Name, StringComparer.Ordinal);
}
