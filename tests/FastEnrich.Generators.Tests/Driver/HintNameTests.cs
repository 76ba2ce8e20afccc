using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class HintNameTests
{
    [Fact]
    public void Run_NamesThatAlmostCollide_CompilesWithShortDistinctNames()
    {
        var longName = new string('N', 300);
        var source =
            $$"""
            namespace A { [EnrichmentPlugin("a"), JsonPayload(typeof(int))] class Same(Options o) : Base { Options O => o; } partial record Options { [ConfigProperty(Sensitive = true)] public string? @class { get; init; } } }
            namespace B { [EnrichmentPlugin("b"), JsonPayload(typeof(Options))] class Same(Options o) : Base { Options O => o; } partial record Options { [ConfigProperty(Sensitive = true)] public string? @class { get; init; } } }
            namespace B { [EnrichmentPlugin("c"), JsonPayload(typeof(@event))] class SAME : Base; class @event { public int @int { get; init; } public required string Default { get; init; } } }
            namespace @namespace.{{longName}} { class Outer { [EnrichmentPlugin("d"), JsonPayload(typeof(Page<Page<int>>))] internal class @class : Base; internal class Page<T> { public T? Value { get; set; } } } }
            """;

        var run = Compilations.Run(Compilations.Create(source));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.All(run.Result.GeneratedSources, s => Assert.InRange(s.HintName.Length, 1, 100));
        Assert.Equal(run.Result.GeneratedSources.Length, run.Result.GeneratedSources.Select(s => s.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Run_NestedPluginsWhoseJoinedNamesAreThoseOfOthers_Compiles()
    {
        var run = Compilations.Run(Compilations.Create(
            """
            namespace Acme;

            [EnrichmentPlugin("a"), JsonPayload(typeof(int))] class Outer_P : Base;
            [EnrichmentPlugin("b"), JsonPayload(typeof(int))] class Outer_0P : Base;
            [EnrichmentPlugin("c"), JsonPayload(typeof(int))] class Outer__P : Base;
            class Outer
            {
                [EnrichmentPlugin("d"), JsonPayload(typeof(int))] internal class P : Base;
                [EnrichmentPlugin("e"), JsonPayload(typeof(int))] internal class _P : Base;
                [EnrichmentPlugin("f"), JsonPayload(typeof(int))] internal class Inner_P : Base;
                internal class Inner { [EnrichmentPlugin("g"), JsonPayload(typeof(int))] internal class P : Base; }
            }
            class Outer_ { [EnrichmentPlugin("h"), JsonPayload(typeof(int))] internal class P : Base; }
            class Outer_Inner { [EnrichmentPlugin("i"), JsonPayload(typeof(int))] internal class P : Base; }
            """));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("class P : Base;", "PJsonContext")]
    [InlineData("class My_Plugin : Base;", "My_0PluginJsonContext")]
    [InlineData("class Outer { @ internal class P : Base; }", "Outer_PJsonContext")]
    [InlineData("class My_Outer { internal class Inner { @ internal class P : Base; } }", "My_0Outer_Inner_PJsonContext")]
    public void Run_PluginWithPayload_GivesItsContextTheDocumentedName(string declaration, string name)
    {
        const string Attributes = """[EnrichmentPlugin("a"), JsonPayload(typeof(int))]""";
        var source = declaration.Contains('@', StringComparison.Ordinal) ? declaration.Replace("@", Attributes, StringComparison.Ordinal) : Attributes + declaration;

        var run = Compilations.Run(Compilations.Create($"namespace Acme {{ {source} }}"));

        Assert.NotNull(run.Output.GetTypeByMetadataName($"Acme.{name}"));
    }
}
