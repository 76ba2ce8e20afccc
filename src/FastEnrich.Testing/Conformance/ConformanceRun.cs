namespace FastEnrich.Testing;

/// <summary>One rule's look at a plugin: fresh instances, faults in front of its upstream, and what was found.</summary>
internal sealed class ConformanceRun(
    PluginTester tester, ConformanceOptions options, ConformanceEvidence evidence, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];

    public PluginTester Tester => tester;

    public ConformanceOptions Options => options;

    public ConformanceEvidence Evidence => evidence;

    public MockServer Server => tester.Server;

    public IReadOnlyList<EnrichmentRequest> Users => tester.Options.Users;

    public EnrichmentRequest User => Users[0];

    public TimeSpan Patience => tester.Options.Patience;

    public List<string> Problems { get; } = [];

    public string? SkipReason { get; private set; }

    public CancellationToken Cancelled => cancellationToken;

    public async Task<PluginInstance> CreateAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        var instance = await tester.CreateAsync(cancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        _owned.Add(instance);
        return instance;
    }

    public void Problem(string text) => Problems.Add(text);

    public void Skip(string reason) => SkipReason = reason;

    /// <summary>Answers all requests but the exempt ones.</summary>
    public IDisposable Fail(Func<MockRequest, MockResponse?> answer) =>
        Server.Intercept(request => options.Exempt?.Invoke(request) == true ? null : answer(request));

    public IDisposable Fail(MockResponse response) => Fail(_ => response);

    public Task<PluginCall> CallAsync(PluginInstance instance, EnrichmentRequest request, CancellationToken token = default) =>
        PluginCall.RunAsync(cancelled => instance.Plugin.EnrichAsync(request, cancelled), Patience, token);

    /// <summary>Asks a fresh instance whose upstream answers all the same.</summary>
    public async Task<PluginCall> CallAsync(MockResponse response)
    {
        var instance = await CreateAsync().ConfigureAwait(false);
        using var fault = Fail(response);
        return await CallAsync(instance, User).ConfigureAwait(false);
    }

    /// <summary>Asks as in <see cref="PluginInstance"/>'s health check, whose opinion becomes a kind of result.</summary>
    public Task<PluginCall> CheckHealthAsync(PluginInstance instance, CancellationToken token, Action<bool?> opinion) =>
        PluginCall.RunAsync(
            async cancelled =>
            {
                opinion(await instance.Plugin.CheckHealthAsync(cancelled).ConfigureAwait(false));
                return default;
            },
            Patience,
            token);

    /// <summary>Waits until a request arrives that is not exempt, or until the call ends without one.</summary>
    public async Task<bool> ArrivedAsync(Task call)
    {
        var arrival = Server.Requests.WaitAsync(request => options.Exempt?.Invoke(request) != true, cancellationToken);
        var first = await Task.WhenAny(arrival, call, Task.Delay(Patience, TimeProvider.System, cancellationToken)).ConfigureAwait(false);
        return first == arrival;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
        {
            try
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The rule on disposing reports it.
            }
        }
    }
}
