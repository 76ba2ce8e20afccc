namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One call of the upstream that waits for its answer. What it will say is of its beginning.</summary>
internal sealed record SimCall(SimInstance Instance, string Plugin, EnrichmentRequest Request, string DataVersion, long Begun, int Version, int Identity)
{
    public TaskCompletionSource<EnrichmentResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string UserId => Request.UserId;
}
