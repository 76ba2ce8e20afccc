namespace FastEnrich.Registry;

/// <summary>One mistake in a manifest.</summary>
/// <param name="Path">Where, as in <c>tags[3]</c>; <c>$</c> for the whole manifest.</param>
/// <param name="Reason">What is wrong. Never quotes a value.</param>
public sealed record ManifestProblem(string Path, string Reason)
{
    /// <summary>Returns one line.</summary>
    /// <returns>Path and reason.</returns>
    public override string ToString() => $"{Path}: {Reason}";
}
