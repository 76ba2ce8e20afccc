namespace FastEnrich;

/// <summary>
/// A plugin's failure. The message reaches callers, logs and the wire: it holds the author's own text and the vendor's error code, never a user id, a secret or an upstream's body.
/// </summary>
public sealed class PluginException : Exception
{
    /// <summary>Initializes the failure.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="operation">What was attempted, as a short snake_case phrase such as <c>read_contact</c>.</param>
    /// <param name="message">The author's own text, with the vendor's error code where there is one.</param>
    /// <param name="code">Why it failed.</param>
    /// <param name="retryable">Whether the same call may succeed soon. The default follows from <paramref name="code"/>.</param>
    /// <param name="retryAfter">How long the upstream asks to wait.</param>
    /// <param name="cause">The underlying exception; its message is never shown.</param>
    public PluginException(string plugin, string operation, string message, PluginErrorCode code, bool? retryable = null, TimeSpan? retryAfter = null, Exception? cause = null)
        : base(message, cause)
    {
        Plugin = plugin;
        Operation = operation;
        Code = code;
        Retryable = retryable ?? code is PluginErrorCode.ConnectionError or PluginErrorCode.TimeoutError or PluginErrorCode.RateLimitError;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets the plugin's name.</summary>
    public string Plugin { get; }

    /// <summary>Gets what was attempted.</summary>
    public string Operation { get; }

    /// <summary>Gets why it failed.</summary>
    public PluginErrorCode Code { get; }

    /// <summary>Gets whether the same call may succeed soon.</summary>
    public bool Retryable { get; }

    /// <summary>Gets how long the upstream asks to wait before the next call; <see langword="null"/> when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; }
}
