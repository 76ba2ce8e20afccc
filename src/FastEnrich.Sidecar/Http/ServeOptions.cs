namespace FastEnrich.Sidecar.Http;

/// <summary>What <c>serve</c> was asked for.</summary>
internal sealed record ServeOptions
{
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>The socket's full path.</summary>
    public string? UnixSocket { get; init; }

    public required TokenTable Tokens { get; init; }

    public bool AllowUnauthenticatedAdmin { get; init; }

    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public TimeSpan MaxDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
