namespace FastEnrich.Simulators;

/// <summary>How the Facebook simulator behaves. Immutable.</summary>
public sealed record FacebookSimulatorOptions : UpstreamSimulatorOptions
{
    /// <summary>Gets the app's id.</summary>
    /// <value>Digits.</value>
    public string AppId { get; init; } = "520000000000017";

    /// <summary>Gets the app's secret, which is none.</summary>
    public string AppSecret { get; init; } = "simulated-app-secret";

    /// <summary>Gets whether calls must prove that they come from the app's own server.</summary>
    /// <value>The default is <see langword="true"/>, as the vendor recommends; a wrong proof is refused in either case.</value>
    public bool RequiresProof { get; init; } = true;

    /// <summary>Gets what users granted the app, <see cref="FacebookPermissions.All"/> by default.</summary>
    public IReadOnlyCollection<string> Permissions { get; init; } = FacebookPermissions.All;

    /// <summary>Gets how long a user's token lives.</summary>
    /// <value>More than zero. The default is 60 days, the vendor's own for long-lived ones.</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Gets how many calls the app has in an hour; those of a batch count each.</summary>
    /// <value>At least 1. The default is 1,000,000,000; the vendor's own is 200 for each active user.</value>
    public long CallsPerHour { get; init; } = 1_000_000_000;

    /// <summary>Gets the bearer token of the operator's endpoint that hands out users' tokens.</summary>
    public string TokenUrlKey { get; init; } = "simulated-token-url-key";
}
