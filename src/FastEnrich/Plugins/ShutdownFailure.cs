namespace FastEnrich;

/// <summary>One thing that did not end as it should.</summary>
/// <param name="Plugin">The plugin; <see langword="null"/> for the second tier.</param>
/// <param name="Operation">
/// <c>drain</c>: calls were given up; <c>dispose</c>: the plugin failed or took too long;
/// <c>flush</c>: results that were queued for the second tier may be lost.
/// </param>
/// <param name="Reason">What happened: our own words or the name of an exception's type, never its message.</param>
public sealed record ShutdownFailure(string? Plugin, string Operation, string Reason)
{
    /// <summary>Returns one line.</summary>
    /// <returns>The plugin, the operation and the reason.</returns>
    public override string ToString() => $"{Plugin ?? "second tier"}: {Operation}: {Reason}";
}
