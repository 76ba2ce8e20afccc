namespace FastEnrich.Redis.Invalidation;

/// <summary>What a message says; the numbers are on the wire.</summary>
internal enum MessageKind : byte
{
    /// <summary>Nothing but that messages arrive.</summary>
    Heartbeat = 1,

    /// <summary>Records of a user were replaced.</summary>
    Changed = 2,

    /// <summary>A user was erased.</summary>
    Erased = 3,

    /// <summary>A plugin has a new generation.</summary>
    Dropped = 4,
}
