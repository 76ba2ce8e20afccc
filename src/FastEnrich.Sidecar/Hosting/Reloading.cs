using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>Keeps a running engine to its configuration: when the files change, and when somebody asks.</summary>
internal sealed class Reloading : IAsyncDisposable
{
    private readonly EngineSetup _setup;
    private readonly SidecarIO _io;
    private readonly IAsyncDisposable? _watch;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    public Reloading(EngineSetup setup, SidecarIO io, bool watch)
    {
        (_setup, _io) = (setup, io);
        _watch = watch ? setup.Engine.Watch() : null;
        io.ReloadRequested += Request;
    }

    public async ValueTask DisposeAsync()
    {
        _io.ReloadRequested -= Request;
        await _stopping.CancelAsync();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        await _running;
    }

    private void Request()
    {
        lock (_lock)
        {
            _running = RunAsync(_running);
        }
    }

    private async Task RunAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing); // a signal's thread waits for nothing
        try
        {
            var report = await _setup.Engine.ReloadAsync(_stopping.Token);
            _io.Error.WriteLine(report.IsEmpty ? "configuration read: nothing new" : "configuration read and applied");
            foreach (var key in report.NeedRestart)
            {
                _io.Error.WriteLine($"{key}: holds from the next start on");
            }

            foreach (var (plugin, code) in report.Failed)
            {
                _io.Error.WriteLine($"plugins:{plugin}: could not connect with it ({code}) and goes on as it was");
            }
        }
        catch (FastEnrichConfigurationException exception)
        {
            _io.Error.WriteLine("configuration refused; the old one goes on");
            foreach (var error in exception.Errors)
            {
                _io.Error.WriteLine(error.ToString());
            }
        }
        catch (PluginException exception)
        {
            _io.Error.WriteLine($"configuration refused; the old one goes on: the plugin {exception.Plugin} cannot run: {exception.Message}");
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The program ends.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _io.Error.WriteLine($"configuration refused; the old one goes on ({exception.GetType().Name})"); // more plugins than an engine takes, for one
        }
    }
}
