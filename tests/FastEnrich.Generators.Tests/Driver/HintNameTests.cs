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
}
