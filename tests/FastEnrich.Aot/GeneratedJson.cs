using FastEnrich.Generators.Tests.Parity;

namespace FastEnrich.Aot;

internal static class GeneratedJson
{
    public static Task HasParity()
    {
        foreach (var difference in ParityCorpus.Differences())
        {
            throw new InvalidOperationException(difference);
        }

        return Task.CompletedTask;
    }
}
