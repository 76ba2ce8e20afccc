namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A type of the corpus, in both generators' contexts.</summary>
internal abstract class ParityKind
{
    /// <summary>Compares what both contexts make of one document, which need not be text.</summary>
    /// <returns>The differences, one line each; none when there is parity.</returns>
    public abstract IEnumerable<string> Differences(byte[] json);

    /// <summary>Whether System.Text.Json reads the document.</summary>
    public abstract bool Accepts(string json);

    /// <summary>What came of a document, read and written on either side.</summary>
    public abstract (string Theirs, string Ours) Outcomes(string json);
}
