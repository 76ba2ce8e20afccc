namespace FastEnrich.Redis.Invalidation;

/// <summary>All that the bus needs of Redis. Every call may throw, and may take as long as Redis does: the bus has deadlines of its own.</summary>
internal interface IBusCommands
{
    /// <summary>Raised when a connection is lost: messages may have been missed from here on.</summary>
    event Action? Lost;

    /// <summary>Raised when a connection is made.</summary>
    event Action? Restored;

    bool IsConnected { get; }

    /// <summary>Subscribes, in place of an earlier subscription; messages come one after the other.</summary>
    Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received);

    /// <summary>Ends when Redis has the message.</summary>
    Task PublishAsync(ReadOnlyMemory<byte> message);

    /// <summary>All generations as they stand; a plugin that is not there has none, one that cannot be read is <see langword="null"/>.</summary>
    Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync();

    /// <summary>A new generation of one plugin.</summary>
    Task<long> NextGenerationAsync(string plugin);

    /// <summary>Puts back a generation that Redis has lost, unless it has a later one.</summary>
    Task RaiseGenerationAsync(string plugin, long generation);
}
