#pragma warning disable IL2026, IL2075 // the tests load what they have compiled
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class CrossAssemblyTests
{
    private const string Registrar =
        """
        sealed class Names : IPluginRegistrar
        {
            public List<string> All { get; } = [];
            public void AddPlugin(PluginDescriptor descriptor) => All.Add(descriptor.Name);
        }
        """;

    private const string Main = Registrar + """public static class Program { public static string Main() => string.Join(",", new Names().AddAllPlugins().All); }""";

    [Fact]
    public void AddAllPlugins_ReferencedAssemblies_CoversTheirsAndItsOwn()
    {
        var first = Compilations.Image("A.B", [], Plugin("first"));
        var second = Compilations.Image("A_B", [], Plugin("second"));
        var app = Compilations.Image("App", [MetadataReference.CreateFromImage(first), MetadataReference.CreateFromImage(second)], Main + Plugin("own"));

        var context = new AssemblyLoadContext("app", isCollectible: true);
        context.LoadFromStream(new MemoryStream(first));
        context.LoadFromStream(new MemoryStream(second));
        var names = context.LoadFromStream(new MemoryStream(app)).GetType("Program")!.GetMethod("Main")!.Invoke(null, null);

        Assert.Equal("own,first,second", names);
    }

    [Fact]
    public void AddAllPlugins_LibraryWithInternalsVisible_IsNotAmbiguous()
    {
        // The library has the method too, because it references plugins itself.
        var deep = Compilations.Library("Deep", Plugin("deep"));
        var middle = MetadataReference.CreateFromImage(Compilations.Image("Middle", [deep], """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]""" + Plugin("middle")));

        var run = Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [deep, middle], Registrar + Plugin("own") + """class Use { public static void All() => new Names().AddAllPlugins().AddGeneratedPlugins(); }"""));

        Assert.DoesNotContain(run.Complaints, c => !c.GetMessage(null).Contains("'Base'", StringComparison.Ordinal)); // the samples' own base class is in both
        Assert.Contains("Middle", run.Source("AllPlugins"), StringComparison.Ordinal);
    }

    [Fact]
    public void AddAllPlugins_ExecutableWithoutPlugins_Exists()
    {
        var run = Compilations.Run(Compilations.Named("App", OutputKind.ConsoleApplication, [], Registrar + "static class Program { static void Main() => new Names().AddAllPlugins(); }"));

        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void Run_LibraryWithoutPlugins_GeneratesNothing()
    {
        var run = Compilations.Run(Compilations.Create("class Plain;"));

        Assert.Equal(["Microsoft.CodeAnalysis.EmbeddedAttribute.cs"], run.Result.GeneratedSources.Select(s => s.HintName));
    }

    [Fact]
    public void Run_NameUsedInReference_IsReportedAtThePlugin()
    {
        var library = Compilations.Library("Library", Plugin("same"));

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [library], Plugin("same"))).Diagnostics);

        Assert.Equal(("FE4001", "\"same\""), (diagnostic.Id, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)));
    }

    [Theory]
    [InlineData("[EnrichmentPlugin(\"own\", Aliases = [\"same\"])] internal sealed class P : Base;", "same")]
    [InlineData("[EnrichmentPlugin(\"other\")] internal sealed class P : Base;", "other")]
    public void Run_AliasOrNameUsedInReference_IsReportedAtThePlugin(string plugin, string name)
    {
        var library = Compilations.Library("Library", """[EnrichmentPlugin("same", Aliases = ["other"])] internal sealed class Q : Base;""");

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [library], plugin)).Diagnostics);

        Assert.Equal(("FE4001", $"The plugin name '{name}' is used by the assemblies 'Library' and 'this one'"), (diagnostic.Id, diagnostic.GetMessage(null)));
    }

    [Fact]
    public void Run_NameUsedInTwoReferences_IsReported()
    {
        MetadataReference[] libraries = [Compilations.Library("One", Plugin("same")), Compilations.Library("Two", Plugin("same"))];

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, libraries, "class Plain;")).Diagnostics);

        Assert.Equal(("FE4001", "The plugin name 'same' is used by the assemblies 'One' and 'Two'"), (diagnostic.Id, diagnostic.GetMessage(null)));
    }

    [Fact]
    public void Run_ReferenceUnderAliasOnly_IsReported()
    {
        var library = Compilations.Library("Library", Plugin("a")).WithAliases(["other"]);

        var run = Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [library], "class Plain;"));

        Assert.Equal("FE4004", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void Run_ReferenceUnderAliasAndGlobal_IsAdded()
    {
        var library = Compilations.Library("Library", Plugin("a")).WithAliases(["global", "other"]);

        var run = Compilations.Run(Compilations.Named("App", OutputKind.DynamicallyLinkedLibrary, [library], "class Plain;"));

        Assert.Empty(run.Diagnostics);
        Assert.Contains("Library", run.Source("AllPlugins"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoReferencesWaitForEachOther_IsReportedInTheExecutable()
    {
        var first = Compilations.Library("First", """[EnrichmentPlugin("a"), Needs("x"), Provides("y")] internal class P : Base;""");
        var second = Compilations.Library("Second", """[EnrichmentPlugin("b", Aliases = ["c"]), Needs("y"), Provides("x")] internal class P : Base;""");

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Named("App", OutputKind.ConsoleApplication, [first, second], "static class Program { static void Main() { } }")).Diagnostics);
        var library = Compilations.Run(Compilations.Named("Middle", OutputKind.DynamicallyLinkedLibrary, [first, second], "class Plain;"));

        Assert.Equal(("FE1010", "a -> b -> a"), (diagnostic.Id, diagnostic.GetMessage(null).Split(": ")[^1]));
        Assert.Empty(library.Diagnostics); // who puts them together is told
    }

    [Fact]
    public void Run_OwnPluginAndReferenceWaitForEachOther_IsReportedAtTheOwnOne()
    {
        var library = Compilations.Library("Library", """[EnrichmentPlugin("b", Aliases = ["c"]), DependsOn("a")] internal class P : Base;""");

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Named("Own", OutputKind.DynamicallyLinkedLibrary, [library], """[EnrichmentPlugin("a"), DependsOn("c")] internal class Q : Base;""")).Diagnostics);

        Assert.Equal(("FE1010", "a -> b -> a", true), (diagnostic.Id, diagnostic.GetMessage(null).Split(": ")[^1], diagnostic.Location.IsInSource));
    }

    [Fact]
    public void Run_ReferenceChoosesItsNeeds_IsLeftToTheEngine()
    {
        var library = Compilations.Library("Library",
            """[EnrichmentPlugin("b"), Needs("y"), Provides("x")] internal class P : Base, IEnrichmentPlugin { public IReadOnlyCollection<string>? LookupIdentities => []; }""");

        Assert.Empty(Compilations.Run(Compilations.Named("Own", OutputKind.DynamicallyLinkedLibrary, [library], """[EnrichmentPlugin("a"), Needs("x"), Provides("y")] internal class Q : Base;""")).Diagnostics);
    }

    [Fact]
    public void Run_CatalogOfALaterFormat_IsRefusedByName()
    {
        using var image = new MemoryStream();
        var catalog = """[assembly: GeneratedPluginCatalog(typeof(Later.Catalog), "a", Format = 2)] namespace Later { public static class Catalog; }""";
        Assert.True(Compilations.Named("Later", OutputKind.DynamicallyLinkedLibrary, [], catalog).Emit(image).Success);

        var run = Compilations.Run(Compilations.Named("App", OutputKind.ConsoleApplication, [MetadataReference.CreateFromImage(image.ToArray())], "static class Program { static void Main() { } }"));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("FE4002", true), (diagnostic.Id, diagnostic.GetMessage(null).Contains("'Later'", StringComparison.Ordinal)));
        Assert.Empty(run.Complaints);
    }

    private static string Plugin(string name) => $"[EnrichmentPlugin(\"{name}\")] internal sealed class Plugin_{name} : Base;";
}
