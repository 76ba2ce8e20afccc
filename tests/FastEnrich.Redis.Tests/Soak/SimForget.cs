namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One forget, or one drop: when it was called, when the server did it, and when its caller was answered; numbers of events.</summary>
internal sealed class SimForget(SimInstance instance, string name, long begun)
{
    public SimInstance Instance { get; } = instance;

    /// <summary>Gets the user, or the plugin.</summary>
    public string Name { get; } = name;

    public long Begun { get; } = begun;

    /// <summary>Gets or sets when the server erased the user; <see langword="null"/> before that.</summary>
    public (long Event, DateTimeOffset Time)? Done { get; set; }

    public long? Returned { get; set; }

    public required Task<bool> Complete { get; init; }
}
