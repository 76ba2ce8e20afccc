using System.Globalization;
using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;
using FastEnrich.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Tests.Caching;

/// <summary>
/// The real entry of one user, driven one atomic step at a time. A sequence of steps is an interleaving of actors: each step is one turn under the
/// entry's lock. After every step the invariants are checked.
/// </summary>
internal sealed partial class SlotWorld
{
    public const int Steps = 15;

    private static readonly EngineTelemetry s_telemetry = new(null);
    private static readonly EngineClock s_clock = new(new FakeTimeProvider());
    private static readonly WaitPool s_pool = new();
    private static readonly PluginTable[] s_one = [.. Enumerable.Range(1, 40).Select(static generation => Table(generation, 1))];
    private static readonly PluginTable[] s_two = [.. Enumerable.Range(1, 40).Select(static generation => Table(generation, 2))];

    private readonly PluginTable[] _plugins;
    private PluginTable[] _tables;
    private readonly List<Fetch> _fetches = [];
    private readonly Dictionary<Fetch, (int Epoch, int Trust)> _epochs = [];
    private readonly List<(ProfileWait Wait, int Version, ValueTask<EnrichedProfile> Task, ProfileEntry Entry)> _waits = [];
    private readonly Queue<(Fetch Fetch, SlotValue Value)> _prepared = new();
    private readonly List<string> _log = [];
    private ProfileEntry? _entry;
    private int _generation;
    private int _epoch;
    private int _trust; // new with each change elsewhere and each connection
    private Coherence _coherence = Coherence.Alone;
    private long _now = new DateTime(2030, 1, 1).Ticks;
    private long _reported;
    private readonly Dictionary<int, long> _found = [];
    private long _lastFetchedAt;
    private int _begun;
    private int _answered;

    public SlotWorld(int plugins) => _tables = _plugins = plugins == 1 ? s_one : s_two;

    public void Step(int step)
    {
        _now += TimeSpan.TicksPerSecond;
        _log.Add(step.ToString(CultureInfo.InvariantCulture));
        switch (step)
        {
            case 0: Begin(_generation, EnrichMode.Default); break;
            case 1: Settle(_fetches.LastOrDefault(), found: true); break;
            case 2: Settle(_fetches.FirstOrDefault(), found: true); break;
            case 3: Settle(_fetches.LastOrDefault(), found: false); break;
            case 4: Forget(); break;
            case 5: Evict(); break;
            case 6: _generation = Math.Min(_generation + 1, _tables.Length - 1); break;
            case 7: Leave(); break;
            case 8: Begin(Math.Max(0, _generation - 1), EnrichMode.Default); break;
            case 9: Prepare(); break;
            case 10: SettlePrepared(); break;
            case 11: Begin(_generation, EnrichMode.Refresh); break;
            case 12: Change(); break;
            case 13: Reconnect(); break;
            case 14: Read(); break;
        }

        Check();
    }

    /// <summary>Ends what is open: then nobody may still wait.</summary>
    public void End()
    {
        foreach (var fetch in _fetches.ToArray())
        {
            Settle(fetch, found: true);
        }

        That(_waits.Count == 0, "a wait was lost");
        That(_begun == _answered, "a wait was not answered exactly once");
        if (_entry is not null)
        {
            That(_entry.TryRetire(), "an entry without flights and waits cannot be evicted");
            That(_entry.Detach().Bytes == _reported, "the table's account drifted");
        }
    }

    private static PluginTable Table(int generation, int plugins) => new([.. Enumerable.Range(0, plugins).Select(ordinal => new RunningPlugin(
        new PluginDescriptor { Metadata = new PluginMetadata { Name = $"p{ordinal}" }, PluginType = typeof(FakePlugin), Create = static _ => new FakePlugin() },
        new PluginSettings { CacheTtl = TimeSpan.FromSeconds(3), StaleWhileRevalidate = TimeSpan.FromSeconds(2), StaleIfError = TimeSpan.FromSeconds(6) },
        new EngineOptions { FailureTtl = TimeSpan.FromSeconds(1) },
        new FakePlugin(),
        ordinal,
        (generation * 2) + ordinal,
        s_telemetry))]);

    private void Begin(int generation, EnrichMode mode)
    {
        while (true)
        {
            if (_entry is null)
            {
                (_entry, _reported, _lastFetchedAt) = (new ProfileEntry("u1"), 0, 0);
            }

            var table = _tables[generation];
            var result = _entry.Begin(new BeginRequest
            {
                Table = table,
                Asked = table.All,
                Closure = table.All,
                Now = _now,
                Due = long.MaxValue,
                Pool = s_pool,
                Clock = s_clock,
                Identities = UserIdentities.None,
                Mode = mode,
                MaxAge = -1,
            });
            if (result.MustRetry)
            {
                That(_entry.Removed || generation < _generation, "a current request was sent away from an entry in use");
                generation = _generation;
                _entry = _entry.Removed ? null : _entry;
                continue;
            }

            for (var fetch = result.Claimed; fetch is not null; fetch = fetch.Next)
            {
                _fetches.Add(fetch);
                _epochs[fetch] = (_epoch, _trust);
            }

            if (result.Wait is { } wait)
            {
                _begun++;
                _waits.Add((wait, wait.Version, wait.Task, _entry));
            }
            else
            {
                CheckProfile(result.Profile!, table, "at once");
                CheckTrust(result.Profile!);
            }

            return;
        }
    }

    private void Settle(Fetch? fetch, bool found)
    {
        if (fetch is not null)
        {
            Settle(fetch, Value(fetch, found));
        }
    }

    private void Prepare()
    {
        if (_fetches.LastOrDefault() is { } fetch)
        {
            _prepared.Enqueue((fetch, Value(fetch, _now % (2 * TimeSpan.TicksPerSecond) == 0)));
        }
    }

    private void SettlePrepared()
    {
        if (_prepared.TryDequeue(out var prepared))
        {
            Settle(prepared.Fetch, prepared.Value);
        }
    }

    private SlotValue Value(Fetch fetch, bool found) => SlotValueFactory.Create(
        fetch,
        found ? new(Results.Found($"{_epochs[fetch].Epoch}|{fetch.Generation}|{_epochs[fetch].Trust}"), null) : new(default, SlotFailure.BudgetSpent),
        _coherence,
        _now,
        jitter: 0);

    private void Settle(Fetch fetch, SlotValue value)
    {
        var owned = !fetch.IsOrphan;
        var before = fetch.Entry.HeldAt(fetch.Ordinal);

        if (owned && value.Kind == SlotKind.Found)
        {
            _found[fetch.Ordinal] = _now; // whoever waits now gets it, however long it was on its way
        }

        var settled = fetch.Entry.Settle(fetch, value, _tables[_generation], _now, out var what);

        That(settled == owned, "an orphan settled, or an owner did not");
        That(settled || ReferenceEquals(before, fetch.Entry.HeldAt(fetch.Ordinal)), "an orphan changed the slot");
        That(fetch.IsOrphan, "a settled fetch still owns its slot");
        Answer(what.Done);
    }

    private void Forget()
    {
        if (_entry is not null)
        {
            var entry = _entry;
            var done = entry.Forget(_now);
            _epoch++;
            _entry = null;
            Answer(done);
            That(_waits.All(wait => wait.Entry != entry), "forget left somebody waiting");
        }
    }

    private void Evict()
    {
        if (_entry?.TryRetire() == true)
        {
            That(_fetches.All(fetch => fetch.Entry != _entry || fetch.IsOrphan), "an entry with a flight was evicted");
            That(_waits.All(wait => wait.Entry != _entry), "an entry with a wait was evicted");
            That(_entry.Detach().Bytes == _reported, "the table's account drifted");
            _entry = null;
        }
    }

    private void Leave()
    {
        if (_waits.Count > 0)
        {
            var (wait, version, _, entry) = _waits[0];
            That(entry.TryLeave(wait, version, _now, answer: true), "a waiting caller could not leave");
            That(!entry.TryLeave(wait, version, _now, answer: true), "a caller left twice");
            wait.NextDone = null;
            Answer(wait);
        }
    }

    private void Answer(ProfileWait? done)
    {
        while (done is not null)
        {
            var next = done.NextDone;
            var index = _waits.FindIndex(known => known.Wait == done);
            That(index >= 0, "somebody was answered who did not wait");
            var (wait, version, task, entry) = _waits[index];
            _waits.RemoveAt(index);
            var (table, since) = (wait.Table, wait.Since);
            wait.Complete();
            That(task.IsCompletedSuccessfully, "an answered wait is not completed");
            CheckProfile(task.Result, table, "after a wait", entry, since);
            That(!entry.TryLeave(wait, version, _now, answer: true), "an answered caller could leave");
            _answered++;
            done = next;
        }
    }
}
