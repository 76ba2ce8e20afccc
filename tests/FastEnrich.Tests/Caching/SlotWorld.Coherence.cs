using FastEnrich.Caching;

namespace FastEnrich.Tests.Caching;

/// <content>What other instances do, and what the second tier says of it.</content>
internal sealed partial class SlotWorld
{
    /// <summary>Another instance changes all records.</summary>
    private void Change()
    {
        _trust++;
        _entry?.Doubt(ulong.MaxValue, _coherence, _now);
    }

    private void Reconnect()
    {
        _trust++;
        _coherence = _coherence.Disconnect(_now).Connect(_now);
        _tables = [.. _plugins.Select(table => table.Under(_coherence))];
    }

    /// <summary>The second tier says of the last fetch that it has nothing.</summary>
    private void Read()
    {
        if (_fetches.LastOrDefault() is not { } fetch || fetch.IsOrphan || _prepared.Any(prepared => prepared.Fetch == fetch))
        {
            return; // the tier is read before the upstream is asked
        }

        if (!fetch.Entry.TryTakeReading([fetch], new StoredProfile(new EraseToken("t"), [null]), _coherence, _now))
        {
            _epochs[fetch] = (_epoch, _trust);
            return;
        }

        fetch.Entry.Weigh(fetch, null, _coherence, _now);
        That(fetch.Held?.Answer is not { } held || _now < _coherence.ServesUntil(held.Confirmed), "what the tier has lost is kept");
    }
}
