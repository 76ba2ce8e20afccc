using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FastEnrich.Sidecar.Hosting;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Tests;

/// <summary>An engine that knows every user: the plugin "fake" answers with a city made of the id, at once but for the bulk user "slow", who never comes.</summary>
internal sealed class FakeEnricher : IProfileEnricher
{
    public static readonly DateTimeOffset FetchedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public ConcurrentQueue<(string UserId, IReadOnlyDictionary<string, string> Identities, EnrichOptions Options)> Calls { get; } = new();

    public ConcurrentQueue<string> Forgotten { get; } = new();

    /// <summary>The users that the plugin fails for.</summary>
    public Func<string, bool> Fails { get; set; } = static _ => false;

    /// <summary>What a call waits for; null answers at once, as from memory.</summary>
    public Task? Gate { get; set; }

    public ForgetReceipt Receipt { get; set; } = new(true, null, null);

    public Exception? Throws { get; set; }

    public PluginRegistry? Registry { get; set; }

    public Func<string, CancellationToken, ValueTask<bool>> Enable { get; set; } = static (_, _) => ValueTask.FromResult(true);

    public Func<string, ValueTask<bool>> Disable { get; set; } = static _ => ValueTask.FromResult(true);

    /// <summary>The level of the plugins' logs; a plugin that is not among the keys is described, and nothing runs it.</summary>
    public Dictionary<string, LogLevel?> LogLevels { get; } = [];

    public EngineHost AsHost() => new(this, static _ => ValueTask.CompletedTask, static name => name is "fake" or "other", static () => [], static () => ValueTask.CompletedTask)
    {
        Registry = Registry,
        Enable = Enable,
        Disable = Disable,
        GetLogLevel = LevelOf,
        SetLogLevel = (name, level) =>
        {
            LevelOf(name);
            LogLevels[name] = level;
        },
    };

    public ValueTask<EnrichedProfile> EnrichAsync(string userId, CancellationToken cancellationToken = default) => EnrichAsync(userId, default, cancellationToken);

    public ValueTask<EnrichedProfile> EnrichAsync(string userId, EnrichOptions options, CancellationToken cancellationToken = default) =>
        EnrichAsync(new EnrichmentRequest(userId), options, cancellationToken);

    public ValueTask<EnrichedProfile> EnrichAsync(EnrichmentRequest request, EnrichOptions options = default, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue((request.UserId, request.Identities, options));
        if (Throws is not null)
        {
            throw Throws;
        }

        return Gate is null
            ? ValueTask.FromResult(ProfileOf(request.UserId))
            : new ValueTask<EnrichedProfile>(new PendingProfile(AfterGateAsync(Gate, request.UserId, cancellationToken)), 0);
    }

    public async IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<EnrichmentRequest> requests, BulkOptions options = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var request in requests.WithCancellation(cancellationToken))
        {
            Calls.Enqueue((request.UserId, request.Identities, options.Each));
            if (request.UserId == "slow")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            yield return ProfileOf(request.UserId);
        }
    }

    public IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<string> userIds, BulkOptions options = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask PrefetchAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ProfileInspection? Inspect(string userId) => null;

    public ValueTask<EnrichedProfile> RefreshAsync(string userId, IReadOnlyList<string>? plugins = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<ForgetReceipt> ForgetAsync(string userId, CancellationToken cancellationToken = default)
    {
        Forgotten.Enqueue(userId);
        return ValueTask.FromResult(Receipt);
    }

    private LogLevel? LevelOf(string name) => LogLevels.TryGetValue(name, out var level) ? level : throw new ArgumentException("planted");

    private async Task<EnrichedProfile> AfterGateAsync(Task gate, string userId, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return ProfileOf(userId);
    }

    private EnrichedProfile ProfileOf(string userId)
    {
        var result = new UserEnrichment { Demographics = new Demographics { City = "city of " + userId }, Confidence = 0.5, Source = "fake", Timestamp = FetchedAt, Ttl = TimeSpan.FromMinutes(1) };
        var fails = Fails(userId);
        return new EnrichedProfile
        {
            UserId = userId,
            Merged = result with { Source = "merged" },
            Enrichments = fails ? new Dictionary<string, UserEnrichment>() : new Dictionary<string, UserEnrichment> { ["fake"] = result },
            Errors = fails
                ? new Dictionary<string, ProfileError> { ["fake"] = new(PluginErrorCode.ConnectionError, "enrich", "down", true) }
                : new Dictionary<string, ProfileError>(),
            Status = new Dictionary<string, PluginResultStatus>
            {
                ["fake"] = fails
                    ? new PluginResultStatus { State = PluginState.Failed }
                    : new PluginResultStatus { State = PluginState.Fresh, FetchedAt = FetchedAt, FreshUntil = FetchedAt.AddMinutes(1), Origin = ResultOrigin.Upstream },
            },
            OverallConfidence = 0.5,
            SuccessCount = fails ? 0 : 1,
            ErrorCount = fails ? 1 : 0,
            Complete = !fails,
            Timestamp = FetchedAt,
        };
    }
}
