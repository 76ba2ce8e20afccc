namespace FastEnrich;

/// <summary>How one call is answered; the default is right for most.</summary>
public readonly record struct EnrichOptions
{
    /// <summary>Gets how long the caller waits; then it gets what is there. It neither ends nor shortens a fetch.</summary>
    /// <value>More than zero; <see langword="null"/>, the default, means <c>engine.timeout</c>.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Gets the plugins whose results are returned; the plugins that provide their identities run too.</summary>
    /// <value><see langword="null"/>, the default, means all enabled ones.</value>
    public IReadOnlyList<string>? Plugins { get; init; }

    /// <summary>Gets where the profile may come from.</summary>
    public EnrichMode Mode { get; init; }

    /// <summary>Gets the largest age of a result that is not fetched anew.</summary>
    /// <value>Zero or more; <see langword="null"/>, the default, leaves it to each result's ttl.</value>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets whether the request's identities come from somebody who must not decide what other callers get for this user.</summary>
    /// <value>The default, <see langword="false"/>, is right in process; a server sets it for callers without the right to name identities.</value>
    public bool UntrustedIdentities { get; init; }
}
