using FastEnrich;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects the plugins in the background when the host starts, reloads when its configuration does, and drains them when it stops.</summary>
internal sealed class FastEnrichHostedService(PluginManager manager, FastEnrichBuilder builder, IServiceProvider services) : IHostedService
{
    private ReloadRequests? _reloads;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await manager.StartAsync(cancellationToken).ConfigureAwait(false);
        _reloads = new ReloadRequests(manager, builder.Configurations, services.GetService<TimeProvider>() ?? TimeProvider.System);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_reloads is not null)
        {
            await _reloads.DisposeAsync().ConfigureAwait(false);
        }

        await manager.DisposeAsync().ConfigureAwait(false);
    }
}
