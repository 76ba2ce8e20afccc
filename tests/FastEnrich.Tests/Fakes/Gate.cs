namespace FastEnrich.Tests.Fakes;

/// <summary>Answers that the test releases one by one or all at once; arrivals can be awaited.</summary>
internal sealed class Gate
{
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly List<TaskCompletionSource<EnrichmentResult>> _waiting = [];

    public int Waiting
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    public ValueTask<EnrichmentResult> Pass(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            _waiting.Add(source);
        }

        _arrived.Release();
        return new(source.Task);
    }

    public async Task Arrivals(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), "a call was expected and did not come");
        }
    }

    public void Release(EnrichmentResult result, int count = int.MaxValue)
    {
        foreach (var source in Take(count))
        {
            source.TrySetResult(result);
        }
    }

    public void Fail(Exception exception, int count = int.MaxValue)
    {
        foreach (var source in Take(count))
        {
            source.TrySetException(exception);
        }
    }

    private TaskCompletionSource<EnrichmentResult>[] Take(int count)
    {
        lock (_waiting)
        {
            TaskCompletionSource<EnrichmentResult>[] taken = [.. _waiting.Take(count)];
            _waiting.RemoveRange(0, taken.Length);
            return taken;
        }
    }
}
