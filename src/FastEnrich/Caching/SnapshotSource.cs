using FastEnrich.Merging;
using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>What a profile is decoded from: the slots as they stood when it was built.</summary>
internal sealed class SnapshotSource : ProfileSource
{
    private readonly ProfileEntry _entry;
    private readonly PluginTable _table;
    private readonly ulong _asked;
    private readonly SlotView[] _views; // parallel to the table's order
    private readonly int _count;
    private readonly long _builtAt;
    private UserEnrichment?[]? _decoded;

    public SnapshotSource(ProfileEntry entry, PluginTable table, ulong asked, SlotView[] views, int count, long builtAt)
    {
        _entry = entry;
        _table = table;
        _asked = asked;
        _views = views;
        _count = count;
        _builtAt = builtAt;
    }

    public override int Count => _count;

    public override string PluginAt(int index) => _table.Order[IndexOf(index)].Name;

    public override ReadOnlyMemory<byte> JsonAt(int index) => _views[IndexOf(index)].Answer!.Json;

    public override UserEnrichment EnrichmentAt(int index)
    {
        var decoded = _decoded ?? Interlocked.CompareExchange(ref _decoded, new UserEnrichment?[_count], null) ?? _decoded;
        return decoded[index] ?? Interlocked.CompareExchange(ref decoded[index], Decode(IndexOf(index)), null) ?? decoded[index]!;
    }

    public override UserEnrichment Merge()
    {
        var inputs = new MergeInput[_count];
        for (var i = 0; i < _count; i++)
        {
            var plugin = _table.Order[IndexOf(i)];
            inputs[i] = new(EnrichmentAt(i), plugin.Name, plugin.Priority, new DateTimeOffset(_views[IndexOf(i)].Answer!.FreshUntil, TimeSpan.Zero));
        }

        return ProfileMerger.Merge(inputs, new DateTimeOffset(_builtAt, TimeSpan.Zero));
    }

    public override IReadOnlyDictionary<string, PluginResultStatus> Status()
    {
        var status = new Dictionary<string, PluginResultStatus>(_views.Length, StringComparer.Ordinal);
        for (var i = 0; i < _views.Length; i++)
        {
            if (IsAsked(i))
            {
                var view = _views[i];
                status.Add(_table.Order[i].Name, new PluginResultStatus
                {
                    State = view.State,
                    FetchedAt = ProfileEntry.Time(view.Answer?.FetchedAt),
                    FreshUntil = ProfileEntry.Time(view.Answer?.FreshUntil),
                    Origin = view.Answer?.Origin,
                });
            }
        }

        return status;
    }

    public override IReadOnlyDictionary<string, ProfileError> Errors()
    {
        var errors = new Dictionary<string, ProfileError>(StringComparer.Ordinal);
        for (var i = 0; i < _views.Length; i++)
        {
            if (IsAsked(i) && _views[i].Error is { } error)
            {
                errors.Add(_table.Order[i].Name, error);
            }
        }

        return errors;
    }

    private UserEnrichment Decode(int position)
    {
        var answer = _views[position].Answer!;
        var enrichment = answer.Enrichment;
        if (!answer.Damaged)
        {
            return enrichment;
        }

        _entry.Drop(_table.Order[position].Ordinal, answer);
        return enrichment with { Source = _table.Order[position].Name };
    }

    private bool IsAsked(int position) => (_asked & (1UL << _table.Order[position].Ordinal)) != 0;

    /// <summary>The position in the table's order of the n-th plugin that delivered.</summary>
    private int IndexOf(int delivering)
    {
        for (var i = 0; ; i++)
        {
            if (IsAsked(i) && _views[i].Delivers && delivering-- == 0)
            {
                return i;
            }
        }
    }
}
