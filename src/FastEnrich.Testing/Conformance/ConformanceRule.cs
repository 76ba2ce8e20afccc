namespace FastEnrich.Testing;

/// <summary>Something that every plugin must hold to. Immutable.</summary>
public sealed class ConformanceRule
{
    internal ConformanceRule(string id, string title, string fix, Func<ConformanceRun, Task> check)
    {
        Id = id;
        Title = title;
        Fix = fix;
        Check = check;
    }

    /// <summary>Gets the rule's id, which never changes.</summary>
    public string Id { get; }

    /// <summary>Gets what a plugin must do, as one sentence.</summary>
    public string Title { get; }

    /// <summary>Gets how to repair a plugin that does not.</summary>
    public string Fix { get; }

    internal Func<ConformanceRun, Task> Check { get; }

    /// <summary>Returns id and title.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Id}: {Title}";
}
