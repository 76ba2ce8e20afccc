namespace FastEnrich.Health;

/// <summary>How a plugin stands with connecting, from good to bad.</summary>
internal enum ConnectionStanding
{
    Connected,
    Connecting,
    Failed,
}
