using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class ContractTests
{
    private const string Plugin = """[EnrichmentPlugin("a")] class P : Base;""";

    [Fact]
    public void Version_Generator_IsTheLibraries() =>
        Assert.Equal(GeneratorContract.Version, typeof(IEnrichmentPlugin).Assembly.GetCustomAttribute<GeneratorContractAttribute>()?.Version);

    [Theory]
    [InlineData("[assembly: FastEnrich.GeneratorContract(2)]", "newer")]
    [InlineData("[assembly: FastEnrich.GeneratorContract(0)]", "older")]
    [InlineData("", "older")]
    public void Run_EngineOfAnotherContract_IsReportedInsteadOfGenerated(string contract, string age)
    {
        var run = Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [Engine(contract)], Plugin));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("FE9002", Location.None), (diagnostic.Id, diagnostic.Location));
        Assert.StartsWith($"'FastEnrich' 3.2.1 is {age} than the generator", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName.EndsWith(".g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_EngineOfTheSameContract_IsGenerated()
    {
        var engine = Engine($"[assembly: FastEnrich.GeneratorContract({GeneratorContract.Version})]");

        var run = Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [engine], Plugin));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.NotEmpty(run.Source("PluginCatalog"));
    }

    [Fact]
    public void Run_AbstractionsWithoutContract_AreReported()
    {
        var old = Library("FastEnrich.Abstractions", "namespace FastEnrich; public sealed class EnrichmentPluginAttribute(string name) : System.Attribute { public string Name => name; }");
        var plain = Compilations.Create();
        var program = plain.RemoveAllSyntaxTrees().AddSyntaxTrees(Compilations.Parse("""[FastEnrich.EnrichmentPlugin("a")] class P;""", "P.cs"))
            .RemoveReferences(plain.References.Where(r => r.Display!.EndsWith("FastEnrich.Abstractions.dll", StringComparison.Ordinal))).AddReferences(old);

        var diagnostic = Assert.Single(Compilations.Run(program).Diagnostics);

        Assert.Equal("FE9002", diagnostic.Id);
        Assert.StartsWith("'FastEnrich.Abstractions' 3.2.1 is older than the generator", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static MetadataReference Engine(string contract) => Library("FastEnrich", contract + " class Engine;");

    /// <summary>A library that stands where one of ours would.</summary>
    private static MetadataReference Library(string name, string source)
    {
        var compilation = Compilations.Named(name, OutputKind.DynamicallyLinkedLibrary, []);
        if (name == "FastEnrich.Abstractions")
        {
            compilation = compilation.RemoveReferences(compilation.References.Where(r => r.Display!.EndsWith("FastEnrich.Abstractions.dll", StringComparison.Ordinal)));
        }

        using var image = new MemoryStream();
        var emitted = compilation.RemoveAllSyntaxTrees()
            .AddSyntaxTrees(Compilations.Parse(source, "A.cs"), Compilations.Parse("""[assembly: System.Reflection.AssemblyVersion("3.2.1.0")]""", "B.cs")).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
