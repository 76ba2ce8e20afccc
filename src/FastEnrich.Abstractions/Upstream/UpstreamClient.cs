namespace FastEnrich;

/// <summary>Calls an upstream over pooled connections, with limits on what it may answer. Thread-safe.</summary>
public sealed class UpstreamClient : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Initializes a client.</summary>
    /// <param name="pluginName">The plugin that failures are reported for.</param>
    /// <param name="handler">What sends the requests; disposed with the client.</param>
    public UpstreamClient(string pluginName, HttpMessageHandler handler)
    {
        PluginName = pluginName;
        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Gets the plugin that failures are reported for.</summary>
    public string PluginName { get; }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();
}
