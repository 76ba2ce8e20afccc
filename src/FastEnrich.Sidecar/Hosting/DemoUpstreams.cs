namespace FastEnrich.Sidecar.Hosting;

/// <summary>The simulated upstreams of <c>--demo</c>, and the settings of their plugins.</summary>
internal sealed class DemoUpstreams : IAsyncDisposable
{
    private DemoUpstreams(IReadOnlyList<string> userIds)
    {
        UserIds = userIds;
    }

    /// <summary>The population's ids, in its order.</summary>
    public IReadOnlyList<string> UserIds { get; }

    public static Task<DemoUpstreams> StartAsync(DemoSettings settings, FastEnrichOptions options, CancellationToken cancellationToken)
    {
        return Task.FromResult(new DemoUpstreams([.. Enumerable.Range(1, settings.Users).Select(i => $"user-{i}")]));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
