namespace FastEnrich;

/// <summary>What an upstream may answer, and how long it may take. Immutable.</summary>
public sealed record UpstreamClientOptions
{
    /// <summary>Gets the largest body that is read, after decompression; a larger one is refused without reading on.</summary>
    /// <value>At least 1 byte. The default is 4 MiB: forty times a batch of 100 contacts with 50 properties each.</value>
    public int MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets how deep JSON may nest.</summary>
    /// <value>At least 1. The default is 64, as in System.Text.Json.</value>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>Gets how long a call may take, from sending to the last byte of the body, when it names no time of its own.</summary>
    /// <value>More than zero, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is 30 seconds; the flight's budget is usually shorter.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the clock that timeouts and dates in <c>Retry-After</c> are measured with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
