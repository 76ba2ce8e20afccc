using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>How instances connect, and what becomes of those whose calls all hang.</content>
public sealed partial class PluginManager
{
    private const int MaxReplacements = 2;
    private const string ConnectOperation = "connect";

    private static readonly BackOff s_reconnect = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private async Task ConnectOnceAsync(RunningPlugin plugin, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(_options.Engine.ConnectTimeout, _options.TimeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token, _stopping.Token);
        try
        {
            await BeginConnect(plugin.Lane, end.Token).WaitAsync(end.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw exception as PluginException
                ?? new PluginException(
                    plugin.Name,
                    ConnectOperation,
                    $"The plugin could not connect ({exception.GetType().Name}).",
                    exception is OperationCanceledException ? PluginErrorCode.TimeoutError : PluginErrorCode.ConnectionError,
                    cause: exception);
        }
    }

    /// <summary>On the pool: a plugin that blocks while it connects holds up neither the host nor the other plugins.</summary>
    private static Task BeginConnect(Lane lane, CancellationToken cancellationToken) =>
        Task.Run(() => lane.Instance.ConnectAsync(cancellationToken).AsTask(), CancellationToken.None);

    private async Task KeepConnectingAsync(RunningPlugin plugin, Lane lane)
    {
        Task? connecting = null;
        var failures = 0;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(plugin.Stopping, _stopping.Token);
        while (!stopping.IsCancellationRequested && plugin.Lane == lane)
        {
            using var budget = new CancellationTokenSource(_options.Engine.ConnectTimeout, _options.TimeProvider);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stopping.Token);
            try
            {
                connecting ??= BeginConnect(lane, end.Token); // one that ignored its token is waited for, not called once more
                await connecting.WaitAsync(end.Token).ConfigureAwait(false);
                plugin.Connect();
                lane.Open();
                Log.PluginConnected(_logger, plugin.Name);
                return;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                var failure = FailureMapping.Map(exception, ConnectOperation).Failure
                    ?? SlotFailure.Of(PluginErrorCode.ConnectionError, ConnectOperation, "The plugin could not connect.", true);
                if (failures == 0)
                {
                    Log.PluginConnectFailed(_logger, plugin.Name, failure.Error.Code); // once: the status says the rest
                }

                connecting = connecting is { IsCompleted: true } ? null : connecting;
                plugin.NoteTrouble(failure.Error, _engine.Clock.UtcTicks);
                lane.Shut(failure);
                plugin.NoteFailedAttempt();
            }

            var pause = s_reconnect.After(failures++, _options.ReconnectJitter, Random.Shared.NextDouble());
            await Task.Delay(pause, _options.TimeProvider, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All calls of a plugin hang: it gets a fresh instance with a lane of its own, and what waited moves there; twice at most.</summary>
    private void Replace(RunningPlugin plugin, Lane hung)
    {
        if (plugin.Lane != hung)
        {
            return;
        }

        if (plugin.Replacements >= MaxReplacements)
        {
            GiveUp(plugin, hung);
            return;
        }

        // Constructors are the plugin's: not on the clock's thread.
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.manager.ReplaceNow(state.plugin, state.hung), (manager: this, plugin, hung), preferLocal: false);
    }

    private void GiveUp(RunningPlugin plugin, Lane hung)
    {
        Log.PluginHung(_logger, plugin.Name);
        hung.RefuseWhileHung();
    }

    private void ReplaceNow(RunningPlugin plugin, Lane hung)
    {
        if (plugin.Stopping.IsCancellationRequested)
        {
            return;
        }

        Lane fresh;
        try
        {
            var instance = PluginActivator.Activate(plugin.Descriptor, plugin.Settings, _options, LoggerOf(plugin.Name), plugin.Telemetry.Usage);
            fresh = new Lane(plugin, instance, _engine.Clock, _engine, hung);
        }
        catch (PluginException)
        {
            GiveUp(plugin, hung);
            return;
        }

        if (!plugin.TryReplace(hung, fresh))
        {
            _ = RetireAsync(plugin, fresh, s_drain);
            return;
        }

        Log.PluginReplaced(_logger, plugin.Name, plugin.Replacements, MaxReplacements);
        hung.HandOver(fresh);
        _ = KeepConnectingAsync(plugin, fresh);
        _ = ReleaseAsync(plugin, hung);
    }

    /// <summary>Disposes a replaced instance once its last call has returned.</summary>
    private async Task ReleaseAsync(RunningPlugin plugin, Lane hung)
    {
        await hung.WhenIdleAsync().ConfigureAwait(false);
        if (plugin.TryRelease(hung))
        {
            await RetireAsync(plugin, hung, s_drain).ConfigureAwait(false);
        }
    }
}
