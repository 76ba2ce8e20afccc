namespace FastEnrich.Generators.Tests.Samples;

public enum SampleMode
{
    FirstSeen,
    LastSeen,
}
