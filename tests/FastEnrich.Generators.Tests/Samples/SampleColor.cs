namespace FastEnrich.Generators.Tests.Samples;

public enum SampleColor
{
    Red,
    DarkBlue,
}
