namespace FastEnrich.Testing;

/// <summary>How a mock server behaves. Immutable.</summary>
public sealed record MockServerOptions
{
    /// <summary>Gets the clock of delays and pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets how many requests the log holds; older ones are dropped and counted.</summary>
    /// <value>At least 1. The default is 10,000.</value>
    public int MaxLoggedRequests { get; init; } = 10_000;

    /// <summary>Gets how much of a request's body is kept.</summary>
    /// <value>Zero or more bytes. The default is 256 KiB.</value>
    public int MaxBodyBytes { get; init; } = 256 * 1024;
}
