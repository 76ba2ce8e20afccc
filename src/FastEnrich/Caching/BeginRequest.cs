using FastEnrich.Pipeline;
using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>What one caller asks of an entry.</summary>
internal readonly struct BeginRequest
{
    public required PluginTable Table { get; init; }

    /// <summary>The plugins whose results are returned.</summary>
    public required ulong Asked { get; init; }

    /// <summary>The plugins that must run for that.</summary>
    public required ulong Closure { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Now { get; init; }

    /// <summary>When the caller stops waiting; monotonic ticks.</summary>
    public required long Due { get; init; }

    public required WaitPool Pool { get; init; }

    public required EngineClock Clock { get; init; }

    /// <summary>What a caller who may say so says of the user.</summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; }

    public EnrichMode Mode { get; init; }

    public bool CacheOnly => Mode == EnrichMode.CacheOnly;

    /// <summary>Ticks; -1 for any age.</summary>
    public long MaxAge { get; init; }

    public bool Bulk { get; init; }

    public bool Cancellable { get; init; }
}
