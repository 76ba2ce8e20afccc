using FastEnrich.Generators.Tests.Parity;

namespace FastEnrich.Aot;

internal static class GeneratedJson
{
    public static Task HasParity()
    {
        Check.Equal("", string.Join('\n', ParityCorpus.Differences().Take(3)));
        return Task.CompletedTask;
    }

    public static Task DiffersAsListed()
    {
        foreach (var difference in ParityDifferences.All)
        {
            Check.Equal((difference.Theirs, difference.Ours), difference.Kind.Outcomes(difference.Document));
        }

        return Task.CompletedTask;
    }
}
