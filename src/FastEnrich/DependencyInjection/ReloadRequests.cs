using FastEnrich;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Turns the reload tokens of the host's configuration into reloads: the many tokens of one change into one.</summary>
internal sealed class ReloadRequests : IAsyncDisposable
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);

    private readonly PluginManager _manager;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _requested = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _subscriptions;
    private readonly Task _loop;

    public ReloadRequests(PluginManager manager, IEnumerable<IConfiguration> configurations, TimeProvider time)
    {
        (_manager, _time) = (manager, time);
        _subscriptions = [.. configurations.Select(configuration => ChangeToken.OnChange(configuration.GetReloadToken, Request))];
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _subscriptions.ForEach(static subscription => subscription.Dispose());
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    private void Request()
    {
        if (_requested.CurrentCount == 0)
        {
            _requested.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _requested.WaitAsync(_stopping.Token).ConfigureAwait(false);
                await Task.Delay(s_settle, _time, _stopping.Token).ConfigureAwait(false);
                await _requested.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false); // what came meanwhile is part of it
                await _manager.TryReloadAsync(_stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
