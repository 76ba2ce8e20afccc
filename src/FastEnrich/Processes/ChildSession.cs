using FastEnrich.Resilience;

namespace FastEnrich.Processes;

/// <summary>One life of a child: handshake, calls by id, heartbeat, end. It ends once, for one reason, and everything that waits ends with it.</summary>
internal sealed partial class ChildSession : IAsyncDisposable
{
    private readonly string _plugin;
    private readonly ProcessOptions _options;
    private readonly IChildProcess _child;
    private readonly TimeProvider _time;
    private readonly FrameSender _sender;
    private readonly TokenBucket _rate;
    private readonly long _startedAt;
    private readonly ErrorOutput _errors = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Handshake> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Dictionary<long, PendingCall> _pending = [];
    private Task _loops = Task.CompletedTask;
    private long _lastId;
    private int _abandoned;
    private long _unansweredPing;
    private int _violations;
    private bool _isStopping;
    private int _disposed;

    public ChildSession(string plugin, ProcessOptions options, IChildProcess child, TimeProvider time)
    {
        _plugin = plugin;
        _options = options;
        _child = child;
        _time = time;
        _sender = new FrameSender(child.Input, options.MaxFrameBytes);
        _rate = new TokenBucket(options.MaxFrameRate);
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Gets how long ago the child was started.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_startedAt);

    public int ProcessId => _child.Id;

    /// <summary>Gets what ends with the child, and is the reason in our own words.</summary>
    public Task<string> Ended => _ended.Task;

    public Handshake? Handshake => _handshake.Task.IsCompletedSuccessfully ? _handshake.Task.Result : null;

    public ErrorOutput Errors => _errors;

    public int Violations => Volatile.Read(ref _violations);

    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Starts the loops and shakes hands.</summary>
    /// <exception cref="PluginException">The child ended, broke the protocol, or is not what the configuration says.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public async Task<Handshake> StartAsync(CancellationToken cancellationToken)
    {
        // On the pool: a stream that blocks holds up nobody here.
        _loops = Task.WhenAll(
            Task.Run(ReadAsync, CancellationToken.None),
            Task.Run(() => _sender.RunAsync(_ending.Token), CancellationToken.None),
            Task.Run(() => _errors.DrainAsync(_child.Error), CancellationToken.None));
        _ = WatchExitAsync();
        var hello = MessageWriter.Hello(_plugin, _options);
        if (hello.Length > _options.MaxFrameBytes)
        {
            throw ProcessFailure.TooLarge.ToException(_plugin, ProcessFailure.Start);
        }

        _sender.TrySend(hello); // refused only when the child is gone: the handshake then says why

        var handshake = await _handshake.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (handshake.FindMismatch(_plugin, _options) is { } mismatch)
        {
            throw new PluginException(_plugin, ProcessFailure.Start, mismatch, PluginErrorCode.InvalidConfig);
        }

        _ = BeatAsync();
        return handshake;
    }

    /// <summary>Ends the child in order: a shutdown frame and the end of its input, then SIGTERM, then a kill of all that it started.</summary>
    /// <returns>Whether it ended without the kill.</returns>
    public async Task<bool> StopAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
        }

        _sender.TrySend(MessageWriter.Shutdown(), isUrgent: true);
        _sender.Complete();
        if (await ExitsWithinAsync(ProcessLimits.ShutdownPatience).ConfigureAwait(false))
        {
            return true;
        }

        _child.Terminate();
        return await ExitsWithinAsync(ProcessLimits.TerminatePatience).ConfigureAwait(false);
    }

    /// <summary>Kills what still runs, and frees what the child held.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        End("was ended");
        await ExitsWithinAsync(ProcessLimits.KillPatience).ConfigureAwait(false); // so that it is no zombie
        _child.Dispose();
        await _loops.WaitAsync(ProcessLimits.KillPatience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> ExitsWithinAsync(TimeSpan patience)
    {
        try
        {
            await _child.Exited.WaitAsync(patience, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WatchExitAsync()
    {
        var code = await _child.Exited.ConfigureAwait(false);
        // The reader ends it first, with all that was written.
        await Task.Delay(ProcessLimits.DrainPatience, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End($"exited with code {code}");
    }

    private async Task BeatAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var id = Interlocked.Increment(ref _lastId);
            Volatile.Write(ref _unansweredPing, id);
            _sender.TrySend(MessageWriter.Of("ping", id), isUrgent: true);

            // A delay and no timer: a process that was suspended would send two pings at once.
            await Task.Delay(_options.Heartbeat, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
            {
                return;
            }

            if (Volatile.Read(ref _unansweredPing) != 0)
            {
                End("missed its heartbeat");
            }
            else if (OwesTooMuch())
            {
                End("leaves cancelled calls unanswered");
            }
        }
    }

    private bool OwesTooMuch()
    {
        lock (_lock)
        {
            return _abandoned > 0 && _abandoned >= _options.MaxInFlight / 2;
        }
    }

    private void End(string reason)
    {
        PendingCall[] left;
        lock (_lock)
        {
            if (!_ended.TrySetResult(reason))
            {
                return;
            }

            left = [.. _pending.Values];
            _pending.Clear();
            _abandoned = 0;
        }

        _child.Kill();
        _sender.Complete();
        _ending.Cancel();
        var failure = _isStopping ? ProcessFailure.Stopped : ProcessFailure.Ended;
        foreach (var call in left)
        {
            call.Answer.TrySetException(failure.ToException(_plugin));
        }

        _handshake.TrySetException(new PluginException(_plugin, ProcessFailure.Start, $"The process {reason} before it was ready.", PluginErrorCode.ConnectionError));
        _ = _handshake.Task.Exception; // observed: nobody waits for it after the start
    }
}
