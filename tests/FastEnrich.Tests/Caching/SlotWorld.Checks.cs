using System.Globalization;
using FastEnrich.Caching;
using FastEnrich.Plugins;

namespace FastEnrich.Tests.Caching;

/// <content>What must hold after every step.</content>
internal sealed partial class SlotWorld
{
    private void CheckProfile(EnrichedProfile profile, PluginTable table, string when, ProfileEntry? entry = null, long since = long.MaxValue)
    {
        foreach (var plugin in table.Order)
        {
            if (profile.Enrichments.GetValueOrDefault(plugin.Name)?.Demographics?.City?.Split('|') is [var epoch, var generation, _])
            {
                That(entry is { Removed: true } || epoch == _epoch.ToString(CultureInfo.InvariantCulture), $"a forgotten value came back {when}");
                That(generation == plugin.Generation.ToString(CultureInfo.InvariantCulture), $"another generation's value was served {when}");
                var fetchedAt = profile.Status[plugin.Name].FetchedAt!.Value.UtcTicks;
                var wasThere = Math.Min(since, _now) < fetchedAt + TimeSpan.FromSeconds(9).Ticks; // what served when it was asked for does not expire while others are waited for
                That(fetchedAt >= since || _found.GetValueOrDefault(plugin.Ordinal, -1) >= since || wasThere, $"a value was served that was gone {when}");
            }
        }
    }

    /// <summary>Who is answered at once sees nothing from before the last change or connection: the tier has confirmed none of it.</summary>
    private void CheckTrust(EnrichedProfile profile)
    {
        foreach (var (_, enrichment) in profile.Enrichments)
        {
            That(enrichment.Demographics!.City!.Split('|')[2] == _trust.ToString(CultureInfo.InvariantCulture), "a value that nobody vouches for was served");
        }
    }

    private void Check()
    {
        if (_entry is null)
        {
            return;
        }

        for (var ordinal = 0; ordinal < _tables[0].Order.Length; ordinal++)
        {
            That(_fetches.Count(fetch => fetch.Ordinal == ordinal && !fetch.IsOrphan) <= 1, "two fetches own one slot");
        }

        var slots = _tables[0].Capacity;
        var held = Enumerable.Range(0, slots).Select(_entry.HeldAt).OfType<SlotValue>().ToArray();
        var snapshot = _entry.DecodedBytes - held.Sum(static value => value.DecodedBytes);
        var isUsed = _fetches.Exists(fetch => fetch.Entry == _entry) || _begun > 0;
        That(snapshot >= 0 && (snapshot > 0) == _entry.Inspect(_tables[_generation], _now).Decoded, "the snapshot is not accounted for");
        That(!isUsed || _entry.Bytes == 360 + (2 * "u1".Length) + (8 * slots) + held.Sum(static value => value.Bytes) + snapshot, "the bytes are not those of a recount");
        _reported += _entry.TakeGrowth().Bytes;
        That(_reported == _entry.Bytes, "the growth that was reported is not the size");
        if (slots == 1)
        {
            var fetchedAt = held.FirstOrDefault(static value => value.Kind == SlotKind.Found)?.FetchedAt ?? _lastFetchedAt;
            That(fetchedAt >= _lastFetchedAt, "an older value replaced a newer one");
            _lastFetchedAt = fetchedAt;
        }
    }

    private void That(bool condition, string otherwise)
    {
        if (!condition)
        {
            Assert.Fail($"{otherwise}, after steps {string.Join(' ', _log)}");
        }
    }
}
