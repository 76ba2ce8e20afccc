using FastEnrich.Pipeline;
using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>What one caller asks of an entry.</summary>
internal readonly struct BeginRequest
{
    public required PluginTable Table { get; init; }

    /// <summary>The plugins whose results are returned.</summary>
    public required ulong Asked { get; init; }

    /// <summary>The plugins that must run for that; the others are shown as they stand.</summary>
    public required ulong Closure { get; init; }

    /// <summary>Plugins that another entry could not settle within the caller's deadline.</summary>
    public ulong Late { get; init; }

    /// <summary>Plugins that another entry has just settled for the caller.</summary>
    public ulong Vouched { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Now { get; init; }

    /// <summary>When the caller stops waiting; monotonic ticks, <see cref="long.MaxValue"/> for never.</summary>
    public required long Due { get; init; }

    public required WaitPool Pool { get; init; }

    public required EngineClock Clock { get; init; }

    /// <summary>What a caller who may say so says of the user.</summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; }

    public EnrichMode Mode { get; init; }

    public bool CacheOnly => Mode == EnrichMode.CacheOnly;

    /// <summary>Whether there is a second tier to ask.</summary>
    public bool HasStore { get; init; }

    /// <summary>Ticks; -1 for any age.</summary>
    public long MaxAge { get; init; }

    /// <summary>Whether the caller asks for something newer than what is fresh.</summary>
    public bool Demanding => Mode == EnrichMode.Refresh || MaxAge >= 0;

    /// <summary>What was fetched before this is too old; UTC ticks.</summary>
    public long NotBefore => Mode == EnrichMode.Refresh ? Now + 1 : MaxAge < 0 ? 0 : Now - MaxAge;

    public bool Bulk { get; init; }

    public bool Cancellable { get; init; }
}
