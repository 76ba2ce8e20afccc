namespace FastEnrich.Processes;

/// <summary>Starts children.</summary>
internal interface IChildLauncher
{
    /// <exception cref="PluginException">The command may not or could not be started.</exception>
    IChildProcess Launch(string plugin, ProcessOptions options);
}
