namespace FastEnrich.Generators.Tests.Parity;

/// <summary>How a member stands in a document.</summary>
public enum ParityPresence
{
    Present,
    Null,
    Missing,
    Duplicate,
}
