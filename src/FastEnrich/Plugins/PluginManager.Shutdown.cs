using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>How the engine ends.</content>
public sealed partial class PluginManager
{
    private const string DrainOperation = "drain";
    private const string DisposeOperation = "dispose";
    private const string FlushOperation = "flush";

    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<ShutdownReport> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Stops taking requests, lets what is in flight end, disposes the plugins, and has the second tier write what is queued. Nothing is thrown; what failed is reported.
    /// A second call waits for the first and returns its report.
    /// </summary>
    /// <param name="limit">
    /// How long calls in flight may go on, from zero; the default is 10 seconds. Those that are left then are given up, and who waits for them is answered.
    /// After it a plugin has 10 seconds to be disposed, and the second tier 5 to write.
    /// </param>
    /// <returns>What did not end as it should.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public async ValueTask<ShutdownReport> ShutdownAsync(TimeSpan? limit = null)
    {
        var patience = limit ?? s_drain;
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, TimeSpan.Zero, nameof(limit));
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return await _stopped.Task.ConfigureAwait(false);
        }

        var failures = new List<ShutdownFailure>();
        try
        {
            _engine.Stop();
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _changes.WaitAsync().ConfigureAwait(false); // a change on its way ends first; the next one sees that it came too late
            foreach (var failed in await Task.WhenAll(_engine.Plugins.Order.Select(plugin => RetireAsync(plugin, patience))).ConfigureAwait(false))
            {
                failures.AddRange(failed);
            }

            await Registry.DisposeAsync().ConfigureAwait(false);
            if (await _engine.CloseStoreAsync().ConfigureAwait(false) is { } reason) // last: what the flights have brought is still written
            {
                failures.Add(new ShutdownFailure(null, FlushOperation, reason));
            }

            _engine.Dispose();
            _telemetry.Dispose();
        }
        finally
        {
            _changes.Release();
            _stopped.SetResult(new ShutdownReport { Failures = failures });
        }

        return await _stopped.Task.ConfigureAwait(false);
    }

    /// <summary>Shuts down as <see cref="ShutdownAsync"/> does, draining for at most ten seconds. What fails is logged.</summary>
    /// <returns>A task that ends when everything has stopped.</returns>
    public async ValueTask DisposeAsync() => await ShutdownAsync().ConfigureAwait(false);

    private Task RetireAsync(RunningPlugin plugin) => RetireAsync(plugin, s_drain);

    private async Task<IEnumerable<ShutdownFailure>> RetireAsync(RunningPlugin plugin, TimeSpan patience)
    {
        var failures = await Task.WhenAll(plugin.Retire().Select(lane => RetireAsync(plugin, lane, patience))).ConfigureAwait(false);
        return failures.SelectMany(static failed => failed);
    }

    private async Task<IReadOnlyList<ShutdownFailure>> RetireAsync(RunningPlugin plugin, Lane lane, TimeSpan patience)
    {
        var failures = new List<ShutdownFailure>();
        await lane.CloseAsync(patience).ConfigureAwait(false);
        if (lane.Running > 0)
        {
            failures.Add(new ShutdownFailure(plugin.Name, DrainOperation, $"{lane.Running} calls did not return"));
        }

        try
        {
            // On the pool: what blocks there holds up neither the other plugins nor their limits.
            await Task.Run(() => lane.Owned.DisposeAsync().AsTask()).WaitAsync(s_drain, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.PluginStopFailed(_logger, plugin.Name, exception.GetType().Name);
            failures.Add(new ShutdownFailure(plugin.Name, DisposeOperation, exception.GetType().Name)); // the message is the author's, and may hold anything
        }

        return failures;
    }
}
