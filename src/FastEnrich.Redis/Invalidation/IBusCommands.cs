using System.Net;

namespace FastEnrich.Redis.Invalidation;

/// <summary>All that the bus needs of Redis. Every call may throw, and may take as long as Redis does: the bus has deadlines of its own.</summary>
internal interface IBusCommands
{
    /// <summary>Raised, with its node where one is known, when a connection is lost: messages may have been missed.</summary>
    event Action<EndPoint?>? Lost;

    /// <summary>Raised when a connection is made.</summary>
    event Action? Restored;

    bool IsConnected { get; }

    /// <summary>Gets the node that messages come from, and that publishes them; <see langword="null"/> without a subscription.</summary>
    EndPoint? Source { get; }

    /// <summary>Gets whether that is the node of a cluster which has the generations.</summary>
    bool IsAtGenerations { get; }

    /// <summary>Gets whether this is a cluster and each of its nodes with slots is connected, whatever the one of the generations is.</summary>
    bool AreOthersConnected { get; }

    /// <summary>
    /// Subscribes, in place of an earlier subscription and, in a cluster, of its next node; messages come one after the other. An attempt that is not waited for
    /// any longer gives way to the next.
    /// </summary>
    Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received);

    /// <summary>Ends when Redis has the message.</summary>
    Task PublishAsync(ReadOnlyMemory<byte> message);

    /// <summary>The beginning and the drops since then as they stand; a plugin that is not there has none, a number that cannot be read is <see langword="null"/>.</summary>
    Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync();

    /// <summary>Begins to count anew, as <paramref name="beginning"/>, unless there is a later beginning than <paramref name="known"/>.</summary>
    Task BeginGenerationsAsync(long known, long beginning);

    /// <summary>Counts a drop of one plugin; where Redis has lost the count since <paramref name="known"/>, it begins anew instead, and so all are dropped.</summary>
    /// <returns>The beginning and the drops since then.</returns>
    Task<(long Beginning, long Drops)> DropAsync(string plugin, long known, long beginning);
}
