using FastEnrich.Benchmarks.Workload;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>
/// What a careful author writes by hand: all plugins at once with <see cref="Task.WhenAll{TResult}(IEnumerable{Task{TResult}})"/>, each behind Polly's
/// timeout, retry, breaker and timeout per attempt. It caches, merges, queues and limits nothing.
/// </summary>
internal sealed class HandWrittenFanOut
{
    private readonly string[] _names;
    private readonly IEnrichmentPlugin[] _plugins;
    private readonly ResiliencePipeline<EnrichmentResult>[] _pipelines;

    public HandWrittenFanOut(IEnrichmentPlugin[] plugins)
    {
        _plugins = plugins;
        _names = [.. plugins.Select((_, i) => Sample.PluginName(i))];
        _pipelines = [.. plugins.Select(_ => Pipeline())];
    }

    public async ValueTask<EnrichedProfile> EnrichAsync(string userId)
    {
        var request = new EnrichmentRequest(userId);
        var calls = new Task<EnrichmentResult>[_plugins.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = _pipelines[i].ExecuteAsync(
                static (state, token) => state.Plugin.EnrichAsync(state.Request, token),
                (Plugin: _plugins[i], Request: request)).AsTask();
        }

        var results = await Task.WhenAll(calls).ConfigureAwait(false);
        var enrichments = new Dictionary<string, UserEnrichment>(results.Length);
        for (var i = 0; i < results.Length; i++)
        {
            enrichments.Add(_names[i], results[i].Enrichment!);
        }

        return new EnrichedProfile { UserId = userId, Enrichments = enrichments, SuccessCount = results.Length, Complete = true };
    }

    private static ResiliencePipeline<EnrichmentResult> Pipeline() => new ResiliencePipelineBuilder<EnrichmentResult>()
        .AddTimeout(TimeSpan.FromSeconds(5))
        .AddRetry(new RetryStrategyOptions<EnrichmentResult>
        {
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<EnrichmentResult>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
        })
        .AddTimeout(TimeSpan.FromSeconds(2))
        .Build();
}
