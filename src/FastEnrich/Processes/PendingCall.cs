namespace FastEnrich.Processes;

/// <summary>A call that the child owes an answer. One that was given up stays until it is answered: the child still works on it.</summary>
internal sealed class PendingCall(MessageType expected, int members)
{
    public MessageType Expected { get; } = expected;

    /// <summary>Gets how many results the answer must hold.</summary>
    public int Members { get; } = members;

    public TaskCompletionSource<ChildMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets whether nobody waits any more. Guarded by the session's lock.</summary>
    public bool IsAbandoned { get; set; }
}
