using System.ComponentModel;
using System.Diagnostics;

namespace FastEnrich.Processes;

/// <summary>Starts a command without a shell, with the environment that was listed and no other.</summary>
internal sealed class ProcessLauncher(Action<string, ProcessOptions> guard) : IChildLauncher
{
    /// <summary>The launcher of configured plugins: nothing is started that others could have changed.</summary>
    public static ProcessLauncher Guarded { get; } = new(CommandGuard.ThrowIfUnsafe);

    public IChildProcess Launch(string plugin, ProcessOptions options)
    {
        guard(plugin, options);
        var start = new ProcessStartInfo(options.Command[0])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory,
        };
        foreach (var argument in options.Command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException());
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException or PlatformNotSupportedException)
        {
            throw new PluginException(
                plugin,
                ProcessFailure.Start,
                $"The command could not be started ({exception.GetType().Name}).",
                PluginErrorCode.ConnectionError,
                cause: exception);
        }
    }
}
