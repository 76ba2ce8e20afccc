namespace FastEnrich.Processes;

/// <content>What happens when a child has ended.</content>
internal sealed partial class ProcessSupervisor
{
    private async Task KeepRunningAsync(ChildSession session)
    {
        var failures = 0;
        while (true)
        {
            var reason = await session.Ended.ConfigureAwait(false);
            failures = session.Age >= ProcessLimits.StableAfter ? 0 : failures;
            var backOff = Retire(session, reason, failures);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (failures == 0)
            {
                Log.ProcessEnded(logger, plugin, reason);
            }
            else
            {
                Log.ProcessEndedAgain(logger, plugin, reason);
            }

            await session.DisposeAsync().ConfigureAwait(false);
            if (await ComeBackAsync(backOff, failures).ConfigureAwait(false) is not { } next)
            {
                return;
            }

            session = next.Session;
            failures = next.Failures;
        }
    }

    private async Task<(ChildSession Session, int Failures)?> ComeBackAsync(TimeSpan backOff, int failures)
    {
        var isLogged = false;
        while (true)
        {
            await Task.Delay(backOff, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
            {
                return null;
            }

            failures++;
            try
            {
                var session = await LaunchAsync(_stopping.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _restarts);
                OnRestarted?.Invoke(); // before anybody can see that it runs
                if (!TryRun(session))
                {
                    await session.DisposeAsync().ConfigureAwait(false);
                    return null;
                }

                if (failures == 1 || isLogged)
                {
                    Log.ProcessRestarted(logger, plugin);
                }

                return (session, failures);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception exception)
            {
                var failure = exception is PluginException told
                    ? new ProcessFailure(told.Code, told.Message, told.Retryable)
                    : new ProcessFailure(PluginErrorCode.ConnectionError, $"The process could not be started ({exception.GetType().Name}).");
                if (!isLogged)
                {
                    Log.ProcessRestartFailed(logger, plugin, failure.Code, failure.Message);
                    isLogged = true;
                }

                backOff = BackOff(failures);
                Await(backOff, failure);
            }
        }
    }

    private bool TryRun(ChildSession session)
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
            {
                return false;
            }

            _session = session;
            _state = ProcessState.Running;
            _comeback?.TrySetResult();
            _comeback = null;
            return true;
        }
    }

    /// <summary>Takes an ended child out; returns how long to wait before the next one.</summary>
    private TimeSpan Retire(ChildSession session, string reason, int failures)
    {
        Retire(session, reason);
        var backOff = BackOff(failures);
        Await(backOff, ProcessFailure.Away);
        return backOff;
    }

    private void Retire(ChildSession session, string reason)
    {
        lock (_lock)
        {
            _session = _session == session ? null : _session;
            _lastErrors = session.Errors;
            _errorLines += session.Errors.Count;
            _violations += session.Violations;
            _lastEnd = reason;
            _lastEndAt = time.GetUtcNow();
        }
    }

    /// <summary>Calls wait for a child that is back soon; a failure that waited is told at once, and so is a long absence.</summary>
    private void Await(TimeSpan backOff, ProcessFailure failure)
    {
        lock (_lock)
        {
            if (_state is ProcessState.Stopping or ProcessState.Stopped)
            {
                return;
            }

            _state = ProcessState.Restarting;
            _failure = failure;
            _comeback?.TrySetResult();
            _comeback = backOff <= ProcessLimits.MaxPatience && ReferenceEquals(failure, ProcessFailure.Away)
                ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                : null;
        }
    }

    private TimeSpan BackOff(int failures) => ProcessLimits.Restart.After(failures, ProcessLimits.RestartJitter, random());
}
