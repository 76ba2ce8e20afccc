using FastEnrich.Configuration;

namespace FastEnrich.Plugins;

/// <summary>A plugin's effective times in ticks: its own settings, else the engine's.</summary>
internal sealed class PluginPolicy
{
    public static readonly long MaxTtl = OptionRanges.MaxTtl.Ticks;

    public PluginPolicy(EngineOptions engine, PluginSettings settings)
    {
        CacheTtl = (settings.CacheTtl ?? engine.CacheTtl).Ticks;
        NegativeTtl = (settings.NegativeTtl ?? engine.NegativeTtl).Ticks;
        FailureTtl = engine.FailureTtl.Ticks;
        StaleWhileRevalidate = (settings.StaleWhileRevalidate ?? engine.StaleWhileRevalidate ?? TimeSpan.FromTicks(CacheTtl)).Ticks;
        StaleIfError = (settings.StaleIfError ?? engine.StaleIfError).Ticks;
        EagerRefresh = settings.EagerRefresh ?? engine.EagerRefresh;
        FetchTimeout = (settings.FetchTimeout ?? engine.FetchTimeout).Ticks;
        MaxRetries = settings.MaxRetries ?? engine.MaxRetries;
        RetryDelay = settings.RetryDelay ?? engine.RetryDelay;
        BatchWindow = settings.BatchWindow.Ticks;
        MaxConcurrency = settings.MaxConcurrency;
        QueueCapacity = settings.QueueCapacity;
        BulkCapacity = engine.BulkWindow;
    }

    /// <summary>What can change while an instance runs.</summary>
    public (long, long, long, long, long, double, long) Times => (CacheTtl, NegativeTtl, FailureTtl, StaleWhileRevalidate, StaleIfError, EagerRefresh, FetchTimeout);

    public long CacheTtl { get; }

    public long NegativeTtl { get; }

    public long FailureTtl { get; }

    public long StaleWhileRevalidate { get; }

    public long StaleIfError { get; }

    /// <summary>The share of its time after which a fresh value is refreshed behind; 0 or 1 for never.</summary>
    public double EagerRefresh { get; }

    public long FetchTimeout { get; }

    public TimeSpan FetchBudget => TimeSpan.FromTicks(FetchTimeout);

    public int MaxRetries { get; }

    public TimeSpan RetryDelay { get; }

    public long BatchWindow { get; }

    public int MaxConcurrency { get; }

    public int QueueCapacity { get; }

    public int BulkCapacity { get; }

    /// <summary>What a plugin asked for, within 0 to 30 days; jitter only shortens, so that entries filled together do not expire together.</summary>
    public static long Jittered(long ttl, double jitter)
    {
        var bounded = Math.Clamp(ttl, 0, MaxTtl);
        return jitter == 0 ? bounded : (long)(bounded * (1 - (jitter * Random.Shared.NextDouble())));
    }
}
