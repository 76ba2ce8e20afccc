using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Records;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Soak;

/// <summary>
/// Two processes, a Redis and an upstream, all of the tier real but its connection. Nothing moves by itself: one seed says who acts, which command arrives, which
/// message is delivered, what breaks and when time goes on, so a seed is an interleaving. After every step what was served and what was written is checked.
/// </summary>
internal sealed partial class TierWorld : IDisposable
{
    public const string Provider = "a"; // of the identity that the next looks users up by
    public const string Dependent = "b";
    public const string Plain = "c";

    private const int Users = 3;

    private static readonly DateTimeOffset s_start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly string[] s_plugins = [Provider, Dependent, Plain];
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_l2Timeout = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly int _seed;
    private readonly Random _random;
    private readonly bool _isPrompt; // the network moves at once unless it is broken
    private readonly TimeSpan _skew;
    private readonly List<MasterKey> _masters = [];
    private readonly List<SimInstance> _instances = [];
    private readonly List<SimInstance> _dead = [];
    private readonly List<SimCall> _calls = [];
    private readonly List<SimRead> _reads = [];
    private readonly Dictionary<(string UserId, string Plugin), int> _versions = [];
    private readonly Dictionary<string, int> _identities = [];
    private readonly List<string> _log = [];
    private readonly List<Task> _streams = [];
    private readonly ConcurrentQueue<SimRead> _streamed = new();
    private long _event;
    private int _made;
    private int _step;

    public TierWorld(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _isPrompt = seed % 3 != 0;
        _skew = seed % 4 == 0 ? TimeSpan.FromSeconds(_random.Next(-20, 20)) : TimeSpan.Zero;
        Serving = TimeSpan.FromSeconds(new[] { 0, 3, 20 }[_random.Next(3)]);
        if (seed % 2 == 0)
        {
            Keys = new ProfileKeys("", new UserSeal(RandomNumberGenerator.GetBytes(32)));
            _masters.Add(new MasterKey("k0", RandomNumberGenerator.GetBytes(MasterKey.Size)));
        }

        Server = new SimServer(Time) { Erased = NoteErased, Written = CheckWritten, Dropped = NoteDropped };
    }

    public FakeTimeProvider Time { get; } = new(s_start);

    public SimServer Server { get; }

    public ProfileKeys Keys { get; } = new("");

    public TimeSpan Serving { get; }

    /// <summary>Gets how many served values were checked.</summary>
    public long Checked { get; private set; }

    public long Next() => Interlocked.Increment(ref _event);

    /// <summary>Runs on a thread of its own, so that the pool's have nothing but the instances' work.</summary>
    public void Run(int steps)
    {
        Join();
        Join();
        for (_step = 0; _step < steps; _step++)
        {
            Time.Advance(TimeSpan.FromMicroseconds(1)); // no two of them in one tick, of which nobody can say what was first
            Act();
            if (_isPrompt)
            {
                Move();
            }

            Quiet.Wait();
            Observe();
        }

        End();
    }

    /// <summary>The upstream is asked, and what it will say is decided now.</summary>
    public SimCall Call(SimInstance instance, string plugin, EnrichmentRequest request, string dataVersion)
    {
        lock (_calls)
        {
            var identity = plugin == Dependent ? int.Parse(request.Identities["x"].Split('#')[1], CultureInfo.InvariantCulture) : _identities.GetValueOrDefault(request.UserId);
            var call = new SimCall(instance, plugin, request, dataVersion, Next(), _versions.GetValueOrDefault((request.UserId, plugin)), identity);
            if (plugin == Dependent && !request.Identities["x"].StartsWith(request.UserId + "#", StringComparison.Ordinal))
            {
                Problem("a user was looked up by another's identity");
            }

            _calls.Add(call);
            Log($"{call.Begun}: {instance.Name} asks {plugin} for {request.UserId} {identity}");
            return call;
        }
    }

    /// <summary>Writes down what happened, for the message of a failure.</summary>
    public void Log(string what)
    {
        lock (_log)
        {
            _log.Add($"{_step} at {(Time.GetUtcNow() - s_start).TotalMilliseconds:0} ms: {what}");
        }
    }

    public void Dispose()
    {
        foreach (var instance in _instances.ToArray())
        {
            Stop(instance);
        }
    }

    private void Join()
    {
        var time = new SkewedTime(Time, _made % 2 == 0 ? TimeSpan.Zero : _skew);
        var cipher = _masters.Count == 0 ? null : new RecordCipher([.. Enumerable.Reverse(_masters)]);
        var instance = new SimInstance(this, $"i{_made++}", time, new RecordCodec(64 * 1024, cipher));
        instance.StartWith(PluginManager.Create(Options(instance)));
        Assert.True(instance.Manager.StartAsync().AsTask().Wait(s_patience));
        Assert.True(SpinWait.SpinUntil(() => instance.Manager.ListPlugins().All(static plugin => plugin.Connected), s_patience), "the plugins did not connect");
        _instances.Add(instance);
    }

    /// <summary>A process is killed: it says no more, and what it had not sent is gone.</summary>
    private void Stop(SimInstance instance)
    {
        _instances.Remove(instance);
        _dead.Add(instance);
        instance.Wire.Cut(_random);
        Server.Wires.Remove(instance.Wire);
        var stopping = instance.Manager.DisposeAsync().AsTask();
        while (!stopping.IsCompleted)
        {
            Answer(call => call.Instance == instance, static call => call.Answer.TrySetResult(EnrichmentResult.NotFound()));
            Quiet.Wait();
            if (!stopping.IsCompleted)
            {
                Time.Advance(TimeSpan.FromMilliseconds(10));
            }
        }

        _reads.RemoveAll(read => read.Instance == instance);
        stopping.GetAwaiter().GetResult();
    }

    private FastEnrichOptions Options(SimInstance instance)
    {
        var options = new FastEnrichOptions { Store = instance, TimeProvider = instance.Clock, TtlJitter = 0, ReconnectJitter = 0 };
        var engine = options.Engine;
        engine.Timeout = s_timeout;
        engine.CacheTtl = s_ttl;
        engine.NegativeTtl = s_ttl;
        engine.StaleWhileRevalidate = s_ttl;
        engine.StaleIfError = s_stale;
        engine.FailureTtl = TimeSpan.FromSeconds(1);
        engine.L2Timeout = s_l2Timeout;
        engine.EagerRefresh = _seed % 5 == 0 ? 0 : 0.5;
        engine.L1.MaxEntries = _seed % 7 == 0 ? 2 : 100;
        engine.Health.Interval = TimeSpan.Zero;
        engine.Redis.DisconnectedServing = Serving;
        foreach (var name in s_plugins)
        {
            options.AddPlugin(new PluginDescriptor
            {
                Metadata = new PluginMetadata { Name = name },
                PluginType = typeof(SimPlugin),
                Create = _ => new SimPlugin(this, instance, name),
                Provides = name == Provider ? ["x"] : [],
                Needs = name == Dependent ? [new IdentityNeed("x", false)] : [],
            });
            options.Plugins[name] = new PluginSettings { MaxRetries = 0, DataVersion = instance.DataVersion };
        }

        return options;
    }

    /// <summary>Moves all that can move, and what follows from it.</summary>
    private void Move()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var wire in Server.Wires)
            {
                while (wire.Execute() | wire.Reply() | wire.Deliver())
                {
                    moved = true;
                }
            }

            if (moved)
            {
                Quiet.Wait();
            }
        }
    }

    private string[] LastLines()
    {
        lock (_log)
        {
            return [.. _log.TakeLast(200)];
        }
    }

    private void Problem(string what)
    {
        lock (_problems)
        {
            _problems.Add(what);
        }
    }
}
