using FastEnrich.Caching;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>Writes down what it hears, in order.</summary>
internal sealed class RecordingListener : IProfileStoreListener
{
    /// <summary>A user whose changes are counted and not written down.</summary>
    public const string Probe = "probe";

    private readonly List<string> _heard = [];
    private int _probes;

    public string[] Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Runs with each call: may hold the bus up.</summary>
    public Action OnCall { get; set; } = static () => { };

    public int Probes => Volatile.Read(ref _probes);

    public void Changed(string userId, IReadOnlyList<string> plugins)
    {
        if (userId == Probe)
        {
            Interlocked.Increment(ref _probes);
        }
        else
        {
            Note($"changed {userId} {string.Join(',', plugins)}");
        }
    }

    public void Erased(string userId) => Note($"erased {userId}");

    public void Dropped(string plugin) => Note($"dropped {plugin}");

    public void Disconnected() => Note("disconnected");

    public void Connected() => Note("connected");

    private void Note(string what)
    {
        OnCall();
        lock (_heard)
        {
            _heard.Add(what);
        }
    }
}
