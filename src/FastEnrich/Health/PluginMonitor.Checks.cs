using FastEnrich.Pipeline;
using FastEnrich.Resilience;

namespace FastEnrich.Health;

/// <content>The checks: one at a time, on the pool, each given up when its time is over.</content>
internal sealed partial class PluginMonitor
{
    private const string CheckOperation = "check_health";

    private Task _checking = Task.CompletedTask;
    private Task<CheckResult>? _call;
    private Lane? _called;
    private CancellationTokenSource _pause = new(); // what ends the pause that runs; under _lock
    private int _isLooping;

    /// <summary>Checks the plugin now, or waits for the check that runs; a plugin that has not connected is not asked.</summary>
    public Task CheckAsync()
    {
        lock (_lock)
        {
            if (_checking.IsCompleted)
            {
                _checking = RunAsync();
            }

            return _checking;
        }
    }

    private void BeginChecking()
    {
        if (_options.Interval > TimeSpan.Zero && _plugin.Connected && Interlocked.Exchange(ref _isLooping, 1) == 0)
        {
            _ = KeepCheckingAsync();
        }
    }

    private async Task KeepCheckingAsync()
    {
        while (!_plugin.Stopping.IsCancellationRequested)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(_plugin.Stopping, Pause()); // before the interval is read: a later change ends it
            var interval = _options.Interval;
            var length = interval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : interval * (1 + (_options.Jitter * Random.Shared.NextDouble()));
            await Task.Delay(length, _clock.TimeProvider, pause.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!pause.IsCancellationRequested)
            {
                await CheckAsync().ConfigureAwait(false);
            }
        }
    }

    private CancellationToken Pause()
    {
        lock (_lock)
        {
            return _pause.Token;
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // whoever asks holds the lock
        var lane = _plugin.Lane;
        if (!_plugin.Connected)
        {
            Look();
            return;
        }

        if (_call is not { IsCompleted: false } || _called != lane)
        {
            (_call, _called) = (Task.Run(() => CallAsync(lane)), lane); // else: one that ignored its token is waited for, not called once more
        }

        CheckResult result;
        try
        {
            result = await _call.WaitAsync(_options.Timeout, _clock.TimeProvider, _plugin.Stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            result = CheckResult.TimedOut;
        }
        catch (OperationCanceledException)
        {
            return; // the plugin is retired
        }

        if (_plugin.Stopping.IsCancellationRequested)
        {
            return;
        }

        if (result.Outcome == HealthCheckOutcome.Passed)
        {
            lane.EndPause();
        }

        lock (_lock) // whoever sees the check sees what follows from it
        {
            Note(result);
            Look(counts: true);
        }
    }

    private async Task<CheckResult> CallAsync(Lane lane)
    {
        // Its own, and ended by it alone: a plugin may hold the token for longer than anybody waits.
        using var budget = new CancellationTokenSource(_options.Timeout, _clock.TimeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, _plugin.Stopping);
        try
        {
            return await lane.Instance.CheckHealthAsync(end.Token).ConfigureAwait(false) switch
            {
                true => CheckResult.Passed,
                false => CheckResult.Refused,
                null => CheckResult.NoOpinion,
            };
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            return CheckResult.TimedOut;
        }
        catch (PluginException exception) when (exception.Code is PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded)
        {
            return CheckResult.NoOpinion; // a limit is no illness
        }
        catch (Exception exception)
        {
            return new(HealthCheckOutcome.Failed, FailureMapping.Map(exception, CheckOperation).Failure?.Error.Message ?? "The check found nothing to ask.");
        }
    }

    private void Note(CheckResult result)
    {
        var now = _clock.TimeProvider.GetUtcNow().UtcTicks;
        _last = result;
        _lastCheckAt = now;
        _checks++;
        _failedChecks += result.HasFailed ? 1 : 0;
        _lastPassAt = result.Outcome == HealthCheckOutcome.Passed ? now : _lastPassAt;
        _lastFailureAt = result.HasFailed ? now : _lastFailureAt;
        _telemetry.Checked(_plugin.Name, result.Outcome);
    }
}
