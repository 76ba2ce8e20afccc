namespace FastEnrich.Testing;

/// <summary>The end of one test. Immutable.</summary>
public sealed record TestResult
{
    /// <summary>Gets the test's id: a rule's, or the name of a case.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what was tested, as one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required TestVerdict Verdict { get; init; }

    /// <summary>Gets what was found: each problem of a failed test, why a skipped one was, a passed one's numbers.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Gets how to repair a failure; <see langword="null"/> where the details say it.</summary>
    public string? Fix { get; init; }

    /// <summary>Gets how long the test took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Returns verdict, id and title.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Verdict.ToString().ToUpperInvariant()} {Id}: {Title}";
}
