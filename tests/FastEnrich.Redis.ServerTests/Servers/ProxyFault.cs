namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>What lies between a client and its server.</summary>
internal enum ProxyFault
{
    /// <summary>Nothing: bytes pass.</summary>
    None,

    /// <summary>Nobody listens, and what was connected is reset.</summary>
    Refuse,

    /// <summary>Connections are accepted and stay open, and no byte moves on any of them.</summary>
    Hang,

    /// <summary>Every chunk waits for <see cref="FaultProxy.Delay"/>.</summary>
    Slow,

    /// <summary>Replies are random bytes.</summary>
    Garbage,

    /// <summary>Each reply ends in its middle, with the connection.</summary>
    Cut,
}
