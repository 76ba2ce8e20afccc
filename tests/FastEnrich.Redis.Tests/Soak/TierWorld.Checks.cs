using System.Globalization;
using System.Text.Json;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Records;

namespace FastEnrich.Redis.Tests.Soak;

/// <content>What must hold, whatever happened.</content>
internal sealed partial class TierWorld
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10); // of the real clock

    private readonly List<string> _problems = [];
    private readonly List<SimForget> _forgets = [];
    private readonly List<SimForget> _drops = [];
    private readonly Dictionary<(string UserId, int Identity), long> _retired = [];
    private readonly Dictionary<string, (DateTimeOffset At, long Event)> _confirmed = []; // when the upstream said last that this is so

    private void NoteConfirmed(string mark)
    {
        lock (_confirmed)
        {
            _confirmed[mark] = (Time.GetUtcNow(), Next());
        }
    }

    private long EventOf(string mark)
    {
        lock (_confirmed)
        {
            return _confirmed[mark].Event;
        }
    }

    private void NoteErased(string key)
    {
        foreach (var forget in _forgets.Where(forget => forget.Done is null && Keys.Of(forget.Name) == key))
        {
            forget.Done = (Next(), Time.GetUtcNow());
        }
    }

    private void NoteDropped(string plugin)
    {
        foreach (var drop in _drops.Where(drop => drop.Done is null && drop.Name == plugin))
        {
            drop.Done = (Next(), Time.GetUtcNow());
        }
    }

    /// <summary>No record comes into Redis that is of before an erasure that Redis has done.</summary>
    private void CheckWritten(string key, string plugin, byte[] record)
    {
        var user = Enumerable.Range(0, Users).Select(static number => $"u{number}").Single(user => Keys.Of(user) == key);
        RecordHeader.TryRead(record, out var header);
        var codec = new RecordCodec(64 * 1024, _masters.Count == 0 ? null : new RecordCipher([.. Enumerable.Reverse(_masters)]));
        var slot = codec.Decode(user, plugin, record, header.Generation, 0);
        if (slot is null)
        {
            Problem("a record was written that nobody can read");
        }
        else if (slot.Found)
        {
            using var payload = JsonDocument.Parse(slot.Payload);
            var mark = payload.RootElement.GetProperty("source").GetString()!;
            Log($"written {mark} generation {header.Generation}");
            if (!mark.StartsWith($"{user}|{plugin}|", StringComparison.Ordinal))
            {
                Problem($"a foreign record was written: {mark}");
            }

            // What was asked for after the erasure by an identity of before is of an instance that has not been told, and Check's affair.
            if (_forgets.Exists(forget => forget.Name == user && forget.Done is { } done && BeginOf(mark) < forget.Begun && CallOf(mark) < done.Event))
            {
                Problem($"a forgotten record was written: {mark}");
            }
        }
    }

    private static long CallOf(string mark) => long.Parse(mark.Split('|')[2], CultureInfo.InvariantCulture);

    /// <summary>What the value is of: the beginning of its call, or the end of the identity that it was looked up by, if that was earlier.</summary>
    private long BeginOf(string mark)
    {
        var parts = mark.Split('|');
        var begun = CallOf(mark);
        lock (_calls)
        {
            return parts[1] == Plain ? begun : Math.Min(begun, _retired.GetValueOrDefault((parts[0], int.Parse(parts[3], CultureInfo.InvariantCulture)), long.MaxValue));
        }
    }

    private void Observe()
    {
        foreach (var forget in _forgets.Concat(_drops).Where(static forget => forget.Returned is null && forget.Complete.IsCompleted))
        {
            forget.Returned = Next();
            if (_dead.Contains(forget.Instance))
            {
                continue;
            }

            if (forget.Complete.IsFaulted)
            {
                Problem($"a forget or a drop failed: {forget.Complete.Exception!.InnerException!.GetType().Name}");
            }
            else if (forget.Complete.Result && forget.Done is null)
            {
                Problem($"the forget or drop of {forget.Name} is said to be complete and was not done");
            }
        }

        foreach (var instance in _instances.Where(static instance => instance.Reload is { IsCompleted: true }))
        {
            instance.Reload = instance.Reload!.IsFaulted ? throw new InvalidOperationException("a reload failed", instance.Reload.Exception) : null;
            instance.Reloaded = Next();
        }

        foreach (var read in _reads.Where(static read => read.Profile.IsCompleted).ToArray())
        {
            _reads.Remove(read);
            if (read.Profile.IsFaulted)
            {
                Problem($"a request failed: {read.Profile.Exception!.InnerException!.GetType().Name}");
            }
            else
            {
                Check(read, read.Profile.Result);
            }
        }

        while (_streamed.TryDequeue(out var read))
        {
            Check(read, read.Profile.Result);
        }

        foreach (var read in _reads)
        {
            // The machine may be loaded: what is only on its way is waited for.
            if (IsDelayed(read) && !SpinWait.SpinUntil(() => !IsDelayed(read), _problems.Count == 0 ? s_patience : TimeSpan.Zero))
            {
                Problem($"{read.Instance.Name} has waited for {read.UserId} ({read.Options.Mode}) since event {read.Begun}, {Time.GetUtcNow() - read.At}");
            }
        }

        lock (_problems)
        {
            if (_problems.Count > 0)
            {
                Assert.Fail($"seed {_seed}, step {_step}, serving {Serving}, skew {_skew}: {string.Join("; ", _problems)}\n{string.Join('\n', LastLines())}");
            }
        }
    }

    /// <summary>Nobody waits for Redis beyond its budget: then the upstream was asked.</summary>
    private bool IsDelayed(SimRead read)
    {
        var waited = Time.GetUtcNow() - read.At;
        if (read.Profile.IsCompleted || waited <= s_l2Timeout || read.Instance.IsReading(read.UserId, s_l2Timeout))
        {
            return false;
        }

        lock (_calls)
        {
            var isAsked = read.Options.Mode != EnrichMode.CacheOnly && _calls.Exists(call => call.Instance == read.Instance && call.UserId == read.UserId);
            return !isAsked || waited > (read.Options.Deadline ?? s_timeout);
        }
    }

    private void Check(SimRead read, EnrichedProfile profile)
    {
        if (profile.UserId != read.UserId)
        {
            Problem("a foreign profile");
        }

        foreach (var (plugin, enrichment) in profile.Enrichments)
        {
            Checked++;
            var mark = enrichment.Source;
            var parts = mark.Split('|');
            if (parts.Length != 5 || parts[0] != read.UserId || parts[1] != plugin || enrichment.Demographics!.City != mark || enrichment.Interests![0] != mark)
            {
                Problem($"torn or foreign: {mark}");
                continue;
            }

            var of = $"{mark}, {profile.Status[plugin].State}, read by {read.Instance.Name} at event {read.Begun}";
            CheckAge(read, mark, of);
            if (read.Instance.Reload is null && read.Begun > read.Instance.Reloaded && parts[4] != read.Instance.DataVersion && read.Instance.Reloaded > 0)
            {
                Problem($"another data version was served: {of}");
            }

            if (_forgets.Find(forget => forget.Name == read.UserId && BeginOf(mark) < forget.Begun && !MayServe(read, forget, mark)) is { } forgotten)
            {
                Problem($"forgotten by {forgotten.Instance.Name} at {forgotten.Begun}, done at {forgotten.Done?.Event}, and served: {of}");
            }

            if (_drops.Find(drop => drop.Name == plugin && CallOf(mark) < drop.Begun && !MayServe(read, drop, mark)) is { } dropped)
            {
                Problem($"dropped by {dropped.Instance.Name} at {dropped.Begun}, done at {dropped.Done?.Event}, and served: {of}");
            }
        }
    }

    /// <summary>Nothing lives longer than its windows from when its upstream last said that it is so.</summary>
    private void CheckAge(SimRead read, string mark, string of)
    {
        DateTimeOffset confirmed;
        lock (_confirmed)
        {
            confirmed = _confirmed[mark].At;
        }

        var age = read.At - confirmed - _skew.Duration();
        if (age >= s_ttl + s_stale)
        {
            Problem($"served after {age}: {of}");
        }
    }

    /// <summary>
    /// Whether a request may still be answered with what is of before a forget or a drop: not by the instance that did it, once its caller was answered; not by another
    /// one that was told; and not by one that could not be told, once the time is over for which it may serve what it has. Such a one asks once for all who wait, so
    /// that who comes while the upstream is asked gets that answer; and so does who comes while it is asked, after the forget, by an identity of before.
    /// </summary>
    private bool MayServe(SimRead read, SimForget forget, string mark)
    {
        var instance = read.Instance;
        if (instance == forget.Instance)
        {
            return forget.Returned is not { } returned || read.Begun < returned;
        }

        if (forget.Done is not { } done || read.Begun < done.Event || (CallOf(mark) > done.Event && EventOf(mark) > read.Begun))
        {
            return true;
        }

        lock (instance.Heard)
        {
            if (instance.Heard.TryGetValue(forget.Name, out var heard) && heard > done.Event && heard < read.Begun)
            {
                return false;
            }

            if (EventOf(mark) > read.Begun && !instance.Connections.Exists(connection => connection.From < read.Begun && connection.To > read.Begun))
            {
                return true;
            }

            var connection = instance.Connections.Find(connection => connection.From < done.Event && connection.To > done.Event);
            var serves = CallOf(mark) < forget.Begun ? Serving : 2 * Serving; // by an identity of what it might serve, it has asked anew
            return connection.To > read.Begun || read.At < (connection == default ? done.Time : connection.Ended) + serves;
        }
    }
}
