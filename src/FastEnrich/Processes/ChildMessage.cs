namespace FastEnrich.Processes;

/// <summary>One frame of a child, as far as its type has members.</summary>
internal sealed class ChildMessage
{
    public required MessageType Type { get; init; }

    /// <summary>Gets the id of what is answered; 0 for a hello.</summary>
    public long Id { get; init; }

    public Handshake? Handshake { get; init; }

    public bool Healthy { get; init; }

    /// <summary>Gets the results, in the order of the users asked for; one unless it is a batch.</summary>
    public IReadOnlyList<ChildResult> Results { get; init; } = [];
}
