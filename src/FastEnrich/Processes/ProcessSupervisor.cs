using Microsoft.Extensions.Logging;

namespace FastEnrich.Processes;

/// <summary>Keeps one child running: starts it, starts it again with back-off when it ended, ends it.</summary>
internal sealed partial class ProcessSupervisor(
    string plugin, ProcessOptions options, IChildLauncher launcher, TimeProvider time, ILogger logger, Func<double> random) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private ProcessState _state = ProcessState.NotStarted;
    private ChildSession? _session;
    private ProcessFailure _failure = ProcessFailure.Away;
    private TaskCompletionSource? _comeback;
    private Task _keeping = Task.CompletedTask;
    private ErrorOutput? _lastErrors;
    private int _restarts;
    private long _violations;
    private long _errorLines;
    private string? _refusal;
    private string? _lastEnd;
    private DateTimeOffset? _lastEndAt;

    /// <summary>Gets or sets what is called when another child has taken the place of one that ended.</summary>
    public Action? OnRestarted { get; set; }

    public ProcessPluginStatus Status
    {
        get
        {
            lock (_lock)
            {
                var session = _session;
                return new ProcessPluginStatus
                {
                    State = _state,
                    ProcessId = session?.ProcessId,
                    Version = session?.Handshake?.Version,
                    Capabilities = session?.Handshake?.Capabilities ?? [],
                    Restarts = _restarts,
                    InFlight = session?.InFlight ?? 0,
                    Violations = _violations + (session?.Violations ?? 0),
                    ErrorLines = _errorLines + (session?.Errors.Count ?? 0),
                    LastEnd = _lastEnd,
                    LastEndAt = _lastEndAt,
                };
            }
        }
    }

    public IReadOnlyList<string> RecentErrorOutput()
    {
        lock (_lock)
        {
            return (_session?.Errors ?? _lastErrors)?.Recent() ?? [];
        }
    }

    /// <summary>Starts the first child; harmless once one runs.</summary>
    /// <exception cref="PluginException">It could not be started, or is not what the configuration says.</exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                if (_state is ProcessState.Running or ProcessState.Restarting)
                {
                    return;
                }

                if (_state is not ProcessState.NotStarted)
                {
                    throw ProcessFailure.Stopped.ToException(plugin, ProcessFailure.Start);
                }

                _state = ProcessState.Starting;
            }

            var session = await LaunchAsync(cancellationToken).ConfigureAwait(false);
            if (!TryRun(session))
            {
                await session.DisposeAsync().ConfigureAwait(false);
                throw ProcessFailure.Stopped.ToException(plugin, ProcessFailure.Start);
            }

            _keeping = KeepRunningAsync(session);
        }
        finally
        {
            lock (_lock)
            {
                _state = _state == ProcessState.Starting ? ProcessState.NotStarted : _state;
            }

            _starting.Release();
        }
    }

    /// <summary>Returns the running child; waits for one that comes back soon.</summary>
    /// <exception cref="PluginException">None runs, and none will soon.</exception>
    public async ValueTask<ChildSession> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task comeback;
            lock (_lock)
            {
                if (_session is { Ended.IsCompleted: false } session)
                {
                    return session;
                }

                if (_session is not null)
                {
                    _session = null; // it ended a moment ago: whoever takes it out sets what follows
                    _comeback ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                comeback = _comeback?.Task ?? throw _failure.ToException(plugin);
            }

            await comeback.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the child for good, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        ChildSession? session;
        lock (_lock)
        {
            if (_state is ProcessState.Stopping or ProcessState.Stopped)
            {
                return;
            }

            _state = ProcessState.Stopping;
            _failure = ProcessFailure.Stopped;
            session = _session;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (session is not null && !await session.StopAsync().ConfigureAwait(false))
        {
            Log.ProcessKilled(logger, plugin);
        }

        if (session is not null)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        await _starting.WaitAsync(CancellationToken.None).ConfigureAwait(false); // a start on its way sees the token
        _starting.Release();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _state = ProcessState.Stopped;
            _session = null;
            _comeback?.TrySetResult();
            _comeback = null;
        }
    }

    private IChildProcess Launch()
    {
        try
        {
            var child = launcher.Launch(plugin, options);
            _refusal = null;
            return child;
        }
        catch (PluginException exception) when (exception.InnerException is CommandRefusedException refused)
        {
            if (_refusal != refused.Message)
            {
                _refusal = refused.Message; // once: it is tried again and again
                Log.CommandRefused(logger, plugin, refused.Message);
            }

            throw;
        }
    }

    private async Task<ChildSession> LaunchAsync(CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(options.StartupTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token, _stopping.Token);
        end.Token.ThrowIfCancellationRequested();
        var session = new ChildSession(plugin, options, Launch(), time);
        try
        {
            await session.StartAsync(end.Token).ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            Retire(session, "did not start");
            await session.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException && budget.IsCancellationRequested)
            {
                throw new PluginException(plugin, ProcessFailure.Start, "The process did not shake hands within startup_timeout.", PluginErrorCode.TimeoutError);
            }

            throw;
        }
    }
}
