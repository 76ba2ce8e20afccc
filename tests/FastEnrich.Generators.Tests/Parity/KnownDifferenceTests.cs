using System.Text.RegularExpressions;
using FastEnrich.Generators.Tests.Driver;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>What differs on purpose differs as the list says, and the documentation has the same list.</summary>
public sealed class KnownDifferenceTests
{
    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, ParityDifferences.All.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Outcomes_KnownDifference_AreAsListed(int index)
    {
        var difference = ParityDifferences.All[index];

        Assert.Equal((difference.Theirs, difference.Ours), difference.Kind.Outcomes(difference.Document));
    }

    [Fact]
    public void Documentation_Differences_AreTheListsOwn()
    {
        var page = File.ReadAllText(Path.Combine(DiagnosticTests.Root(), "docs/generated-json.md"));
        var section = page[page.IndexOf("## Differences on purpose", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 3, StringComparison.Ordinal)];

        Assert.Equal(ParityDifferences.All.Select(static d => d.Number).Distinct(), Regex.Matches(section, @"^(\d+)\. ", RegexOptions.Multiline).Select(static m => int.Parse(m.Groups[1].ValueSpan, null)));
    }
}
