namespace FastEnrich.Processes;

/// <summary>What a child may send.</summary>
internal enum MessageType
{
    Hello,
    Pong,
    Result,
    BatchResult,
    Health,
}
