using System.Runtime.InteropServices;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Hosting;

// The only file that touches the console, the environment and signals.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var io = new SidecarIO
{
    Input = Console.OpenStandardInput(),
    Output = StandardOutput.Open(),
    Error = Console.Error,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(static v => (string)v.Key, static v => (string?)v.Value ?? ""),
};

using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = io.RequestReload()); // where nobody reloads, it ends the process as ever

return await SidecarApp.RunAsync(args, io, stop.Token);

void Stop(PosixSignalContext context)
{
    if (!stop.IsCancellationRequested)
    {
        context.Cancel = true; // the first asks for an orderly end, the second one ends the process
        ThreadPool.QueueUserWorkItem(static source => source.Cancel(), stop, preferLocal: false);
    }
}
