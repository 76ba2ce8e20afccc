using System.Threading.Tasks.Sources;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>
/// One caller's wait for some slots of one entry: a pooled value-task source, linked into its entry and into the deadline wheel.
/// Whoever unlinks it from the entry, under the entry's lock, answers the caller.
/// </summary>
internal sealed class ProfileWait(WaitPool? pool) : DeadlineNode, IValueTaskSource<EnrichedProfile>
{
    private ManualResetValueTaskSourceCore<EnrichedProfile> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private EngineClock? _clock;
    private int _taken;

    public ProfileEntry? Entry { get; private set; }

    /// <summary>Gets or sets the plugins that the profile is built of. Guarded by the entry's lock.</summary>
    public PluginTable Table { get; set; } = null!;

    public ulong Asked { get; private set; }

    /// <summary>Gets or sets the slots still waited for. Guarded by the entry's lock.</summary>
    public ulong Pending { get; set; }

    /// <summary>Gets or sets the slots that settled during the wait with what its caller may see, whatever is found out about them since. Guarded by the entry's lock.</summary>
    public ulong Vouched { get; set; }

    /// <summary>Gets or sets the slots whose calls ended while it waited, whenever they began.</summary>
    public ulong Fetched { get; set; }

    /// <summary>Gets when the wait began; UTC ticks.</summary>
    public long Since { get; private set; }

    /// <summary>Gets whether the caller asked for something newer than what is fresh.</summary>
    public bool Demanding { get; private set; }

    /// <summary>Gets whether the caller waits for the second tier alone.</summary>
    public bool CacheOnly { get; private set; }

    public bool IsLinked { get; set; }

    public ProfileWait? Next { get; set; }

    public ProfileWait? Previous { get; set; }

    /// <summary>Links waits that one step has answered.</summary>
    public ProfileWait? NextDone { get; set; }

    public EnrichedProfile? Result { get; set; }

    public ValueTask<EnrichedProfile> Task => new(this, _core.Version);

    /// <summary>Prepares the wait, under the entry's lock.</summary>
    public void Begin(ProfileEntry entry, ulong pending, in BeginRequest request)
    {
        Entry = entry;
        Table = request.Table;
        Asked = request.Asked;
        Pending = pending;
        Vouched = request.Vouched;
        Fetched = 0;
        Since = request.Now;
        Demanding = request.Demanding;
        CacheOnly = request.CacheOnly;
        Due = request.Due;
        _taken = 0;
        _clock = request.Clock;
    }

    /// <summary>Starts the deadline, once the wait is linked and before anybody can answer it: it may have passed already.</summary>
    public void StartDeadline()
    {
        if (Due != long.MaxValue)
        {
            _clock!.Add(this);
        }
    }

    /// <summary>Listens to the caller's token.</summary>
    public void Watch(CancellationToken cancellationToken)
    {
        _token = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static wait => ((ProfileWait)wait!).Cancel(), this);
        if (!IsLinked)
        {
            _registration.Unregister();
        }
    }

    public void Unlinked()
    {
        IsLinked = false;
        Next = Previous = null;
    }

    /// <summary>Answers the caller with what was built when the wait was unlinked.</summary>
    /// <param name="here">Whether the caller may go on on this thread, which then has nothing else to do; otherwise it is queued to the pool.</param>
    public void Complete(bool here = false)
    {
        _clock?.Remove(this);
        _registration.Unregister();
        _core.RunContinuationsAsynchronously = !here;
        _core.SetResult(Result!);
    }

    public override void Expire(int version)
    {
        // Both may belong to the next use already; the version then differs.
        if (Entry is { } entry && _clock is { } clock && entry.TryLeave(this, version, clock.UtcTicks, answer: true))
        {
            Complete();
        }
    }

    EnrichedProfile IValueTaskSource<EnrichedProfile>.GetResult(short token)
    {
        // A task awaited twice must not touch the wait's next use, which may be another user's.
        if (token != _core.Version || _core.GetStatus(token) == ValueTaskSourceStatus.Pending || Interlocked.Exchange(ref _taken, 1) != 0)
        {
            throw new InvalidOperationException("The task was awaited before; a ValueTask is awaited once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<EnrichedProfile>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<EnrichedProfile>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (Entry!.TryLeave(this, Version, Since, answer: false))
        {
            _clock!.Remove(this);
            _core.RunContinuationsAsynchronously = true;
            _core.SetException(new OperationCanceledException(_token));
        }
    }

    private void Recycle()
    {
        if (pool is null)
        {
            return;
        }

        lock (Entry!)
        {
            Version++; // an expiry on its way to this use no longer finds it
        }

        _core.Reset();
        Entry = null;
        Table = null!;
        Result = null;
        NextDone = null;
        _clock = null;
        pool.Return(this);
    }
}
