using FastEnrich;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects the plugins in the background when the host starts, and drains them when it stops.</summary>
internal sealed class FastEnrichHostedService(PluginManager manager) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => manager.StartAsync(cancellationToken).AsTask();

    public Task StopAsync(CancellationToken cancellationToken) => manager.DisposeAsync().AsTask();
}
