using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>
/// All plugins' results for one user, plus the merged view. Immutable, thread-safe and shared between callers; its parts are decoded on first use.
/// </summary>
[DebuggerDisplay("EnrichedProfile: {SuccessCount} ok, {ErrorCount} failed")]
public sealed class EnrichedProfile
{
    private readonly ProfileSource? _source;
    private UserEnrichment? _merged;
    private IReadOnlyDictionary<string, UserEnrichment>? _enrichments;
    private IReadOnlyDictionary<string, ProfileError>? _errors;
    private IReadOnlyDictionary<string, PluginResultStatus>? _status;
    private WireFrame? _wireFrame;
    private bool _written;

    /// <summary>Initializes a profile from its parts, as a reader of the wire format does.</summary>
    [JsonConstructor]
    public EnrichedProfile()
    {
    }

    internal EnrichedProfile(ProfileSource source) => _source = source;

    /// <summary>Gets the user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>Gets one view over all results: scalars from the most confident plugin, lists and maps united.</summary>
    /// <value>Never <see langword="null"/>; empty with a confidence of 0 when no plugin delivered.</value>
    public UserEnrichment Merged
    {
        get => _merged ?? Once(ref _merged, _source?.Merge() ?? new UserEnrichment { Source = "merged", Ttl = TimeSpan.Zero });
        init => _merged = value;
    }

    /// <summary>Gets the results by plugin: fresh and stale ones.</summary>
    public IReadOnlyDictionary<string, UserEnrichment> Enrichments
    {
        get => _enrichments ?? Once(ref _enrichments, DecodeEnrichments());
        init => _enrichments = value;
    }

    /// <summary>Gets the failures by plugin: failed, timed out and rejected ones, and the cause behind a stale result.</summary>
    public IReadOnlyDictionary<string, ProfileError> Errors
    {
        get => _errors ?? Once(ref _errors, _source?.Errors() ?? FrozenDictionary<string, ProfileError>.Empty);
        init => _errors = value;
    }

    /// <summary>Gets each asked plugin's state.</summary>
    public IReadOnlyDictionary<string, PluginResultStatus> Status
    {
        get => _status ?? Once(ref _status, _source?.Status() ?? FrozenDictionary<string, PluginResultStatus>.Empty);
        init => _status = value;
    }

    /// <summary>Gets the mean confidence over the successful plugins.</summary>
    /// <value>From 0 to 1; 0 when none succeeded.</value>
    public double OverallConfidence { get; init; }

    /// <summary>Gets how many plugins delivered, fresh or stale.</summary>
    public int SuccessCount { get; init; }

    /// <summary>Gets how many plugins failed, timed out or were rejected, with nothing to stand in.</summary>
    public int ErrorCount { get; init; }

    /// <summary>Gets whether no plugin failed, and none was skipped because another one failed.</summary>
    public bool Complete { get; init; }

    /// <summary>Gets when this snapshot was built.</summary>
    public DateTimeOffset Timestamp { get; init; }

    internal ProfileSource? Source => _source;

    /// <summary>The prepared JSON; <see langword="null"/> for a profile made by hand, and on the first write, which may well be the only one.</summary>
    internal WireFrame? WireFrame
    {
        get
        {
            if (_wireFrame is null && _source is not null)
            {
                if (_written)
                {
                    return Once(ref _wireFrame, WireFrame.Create(this, _source));
                }

                _written = true;
            }

            return _wireFrame;
        }
    }

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(EnrichedProfile);

    private static T Once<T>(ref T? field, T value)
        where T : class => Interlocked.CompareExchange(ref field, value, null) ?? value;

    private IReadOnlyDictionary<string, UserEnrichment> DecodeEnrichments()
    {
        if (_source is null)
        {
            return FrozenDictionary<string, UserEnrichment>.Empty;
        }

        var map = new Dictionary<string, UserEnrichment>(_source.Count, StringComparer.Ordinal);
        for (var i = 0; i < _source.Count; i++)
        {
            map.Add(_source.PluginAt(i), _source.EnrichmentAt(i));
        }

        return map;
    }
}
