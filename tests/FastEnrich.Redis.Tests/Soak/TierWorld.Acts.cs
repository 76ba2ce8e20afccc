using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using FastEnrich.Redis.Encryption;

namespace FastEnrich.Redis.Tests.Soak;

/// <content>What can happen.</content>
internal sealed partial class TierWorld
{
    private void Act()
    {
        var instance = _instances[_random.Next(_instances.Count)];
        var user = $"u{_random.Next(Users)}";
        var plugin = s_plugins[_random.Next(s_plugins.Length)];
        switch (_random.Next(100))
        {
            case < 30:
                Read(instance, user, OptionsOfRead());
                break;
            case < 52:
                AnswerOne();
                break;
            case < 70:
                MoveOne(instance.Wire);
                break;
            case < 75:
                Forget(instance, user);
                break;
            case < 77:
                Drop(instance, plugin);
                break;
            case < 79:
                Reload(instance);
                break;
            case < 81:
                Bulk(instance);
                break;
            case < 83:
                Change(user, plugin);
                break;
            case < 93:
                Advance();
                break;
            default:
                Break(instance);
                break;
        }
    }

    private void Break(SimInstance instance)
    {
        switch (_random.Next(16))
        {
            case < 3:
                Log($"cut {instance.Name}");
                instance.Wire.Cut(_random);
                break;
            case < 8:
                Log($"heal {instance.Name}");
                instance.Wire.Restore();
                Server.RefusesWrites = false;
                break;
            case < 10:
                Log($"stall {instance.Name}");
                instance.Wire.IsStalled = true;
                break;
            case 10:
                Log($"cut messages of {instance.Name}");
                instance.Wire.CutMessages();
                break;
            case 11:
                Log("refuse writes");
                Server.RefusesWrites = true;
                break;
            case 12:
                Log("evict the generations");
                Server.Evict();
                break;
            case 13:
                RestartServer();
                break;
            case 14:
                Restart(instance);
                break;
            default:
                DoLate();
                break;
        }
    }

    private EnrichOptions OptionsOfRead() => _random.Next(12) switch
    {
        0 => new EnrichOptions { Mode = EnrichMode.Refresh },
        1 => new EnrichOptions { Mode = EnrichMode.CacheOnly },
        2 => new EnrichOptions { MaxAge = TimeSpan.FromSeconds(2) },
        3 => new EnrichOptions { Plugins = [Plain] },
        4 => new EnrichOptions { Plugins = [Dependent] },
        5 => new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(50) },
        _ => default,
    };

    private void Read(SimInstance instance, string user, EnrichOptions options)
    {
        var (begun, at) = (Next(), Time.GetUtcNow());
        Log($"{begun}: {instance.Name} reads {user} {options.Mode} {options.Plugins?[0]}");
        _reads.Add(new SimRead(instance, user, options, begun, at, instance.Manager.EnrichAsync(user, options).AsTask()));
    }

    private void Bulk(SimInstance instance)
    {
        Log($"{instance.Name} bulk");
        _streams.Add(BulkAsync(instance, [.. Enumerable.Range(0, Users).Select(static user => $"u{user}")]));
    }

    private async Task BulkAsync(SimInstance instance, string[] users)
    {
        var begun = new ConcurrentDictionary<string, (long Event, DateTimeOffset At)>();
        var profiles = instance.Manager.EnrichManyAsync(SourceAsync(), new BulkOptions { AsCompleted = users.Length % 2 == 0 });
        try
        {
            await foreach (var profile in profiles)
            {
                var (number, at) = begun[profile.UserId];
                _streamed.Enqueue(new SimRead(instance, profile.UserId, default, number, at, Task.FromResult(profile)));
            }
        }
        catch (Exception exception)
        {
            if (!_dead.Contains(instance))
            {
                Problem($"bulk work failed: {exception}");
            }
        }

        async IAsyncEnumerable<string> SourceAsync()
        {
            foreach (var user in users)
            {
                begun[user] = (Next(), Time.GetUtcNow());
                yield return user;
            }

            await Task.CompletedTask;
        }
    }

    private void AnswerOne()
    {
        lock (_calls)
        {
            _calls.RemoveAll(static call => call.Answer.Task.IsCompleted);
            if (_calls.Count == 0)
            {
                return;
            }
        }

        var kind = _random.Next(20);
        var chosen = _random.Next(_calls.Count);
        SimCall[] calls;
        lock (_calls)
        {
            calls = [.. _calls.OrderBy(static call => call.Instance.Name, StringComparer.Ordinal).ThenBy(static call => call.UserId, StringComparer.Ordinal).ThenBy(static call => call.Plugin, StringComparer.Ordinal)];
        }

        var one = calls[Math.Min(chosen, calls.Length - 1)];
        Log($"answer {one.Instance.Name} {one.UserId} {one.Plugin} of {one.Begun}: {kind}");
        Answer(call => call == one, call => Answer(call, kind));
    }

    private void Answer(SimCall call, int kind)
    {
        switch (kind)
        {
            case 0:
                call.Answer.TrySetException(new PluginException(call.Plugin, "read", "it failed", PluginErrorCode.ConnectionError, false));
                break;
            case 1:
                call.Answer.TrySetResult(EnrichmentResult.NotFound());
                break;
            case < 10 when call.Request.Previous?.Validator == $"{call.Version}":
                NoteConfirmed(call.Request.Previous.Enrichment.Source);
                call.Answer.TrySetResult(EnrichmentResult.NotModified());
                break;
            default:
                Found(call);
                break;
        }
    }

    private void Found(SimCall call)
    {
        var mark = $"{call.UserId}|{call.Plugin}|{call.Begun}|{call.Identity}|{call.DataVersion}";
        NoteConfirmed(mark);
        call.Answer.TrySetResult(EnrichmentResult.Found(
            new UserEnrichment { Confidence = 0.5, Source = mark, Demographics = new Demographics { City = mark }, Interests = [mark] },
            call.Plugin == Provider ? new Dictionary<string, string> { ["x"] = $"{call.UserId}#{call.Identity}" } : null,
            $"{call.Version}"));
    }

    private void Answer(Func<SimCall, bool> which, Action<SimCall> how)
    {
        SimCall[] calls;
        lock (_calls)
        {
            calls = [.. _calls.Where(which)];
            _calls.RemoveAll(call => which(call));
        }

        foreach (var call in calls)
        {
            how(call);
        }
    }

    private void MoveOne(SimWire wire)
    {
        switch (_random.Next(3))
        {
            case 0: wire.Execute(); break;
            case 1: wire.Reply(); break;
            default: wire.Deliver(); break;
        }
    }

    /// <summary>The upstream has something new of a user.</summary>
    private void Change(string user, string plugin)
    {
        lock (_calls)
        {
            _versions[(user, plugin)] = _versions.GetValueOrDefault((user, plugin)) + 1;
        }
    }

    /// <summary>The user is erased in the systems first: what they say from now on is another thing, and the user has another identity there.</summary>
    private void Forget(SimInstance instance, string user)
    {
        Log($"{instance.Name} forgets {user}");
        foreach (var plugin in s_plugins)
        {
            Change(user, plugin);
        }

        lock (_calls)
        {
            _retired[(user, _identities.GetValueOrDefault(user))] = Next();
            _identities[user] = _identities.GetValueOrDefault(user) + 1;
        }

        _forgets.Add(new SimForget(instance, user, Next()) { Complete = CompleteAsync() });

        async Task<bool> CompleteAsync() => (await instance.Manager.ForgetAsync(user)).Complete;
    }

    private void Drop(SimInstance instance, string plugin)
    {
        Log($"{instance.Name} drops {plugin}");
        for (var user = 0; user < Users; user++)
        {
            Change($"u{user}", plugin);
        }

        _drops.Add(new SimForget(instance, plugin, Next()) { Complete = instance.Manager.DropAsync(plugin).AsTask() });
    }

    private void Reload(SimInstance instance)
    {
        if (instance.Reload is null)
        {
            instance.DataVersion = instance.DataVersion == "v1" ? "v2" : "v1";
            Log($"{instance.Name} reloads to {instance.DataVersion}");
            instance.Reload = instance.Manager.ReloadAsync(Options(instance)).AsTask();
        }
    }

    private void Advance()
    {
        var time = TimeSpan.FromMilliseconds(new[] { 1, 5, 20, 20, 100, 500, 500, 1000, 3000, 12000 }[_random.Next(10)]);
        Log($"time {time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms");
        GoOn(time);
    }

    /// <summary>In steps of a tick of the bus, so that it looks at each.</summary>
    private void GoOn(TimeSpan time)
    {
        while (time > TimeSpan.Zero)
        {
            var step = time < s_tick ? time : s_tick;
            time -= step;
            Time.Advance(step);
            foreach (var wire in Server.Wires)
            {
                wire.Expire();
            }

            Quiet.Wait();
            if (_isPrompt)
            {
                Move();
            }
        }
    }

    private void RestartServer()
    {
        Log("the server comes back empty");
        foreach (var wire in Server.Wires)
        {
            wire.Cut(_random);
        }

        Server.Restart();
        Quiet.Wait();
        foreach (var wire in Server.Wires)
        {
            wire.Restore();
        }
    }

    /// <summary>A process is killed and a new one begins, which writes with a new key.</summary>
    private void Restart(SimInstance instance)
    {
        Log($"restart {instance.Name}");
        Stop(instance);
        if (_masters.Count > 0)
        {
            _masters.Add(new MasterKey($"k{_masters.Count}", RandomNumberGenerator.GetBytes(MasterKey.Size)));
        }

        Join();
    }

    /// <summary>The server does what a broken connection had left.</summary>
    private void DoLate()
    {
        if (Server.Limbo.Count > 0)
        {
            Log("something late is done");
            var late = Server.Limbo[0];
            Server.Limbo.RemoveAt(0);
            late.Execute();
        }
    }
}
