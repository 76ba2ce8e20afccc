namespace FastEnrich.Processes;

/// <summary>A failure before it is thrown: each caller gets an exception of its own.</summary>
internal sealed record ProcessFailure(PluginErrorCode Code, string Message, bool? Retryable = null)
{
    public const string Start = "start";
    public const string Enrich = "enrich";

    /// <summary>The child's end, as its callers see it.</summary>
    public static ProcessFailure Ended { get; } = new(PluginErrorCode.ConnectionError, "The plugin's process ended before it answered.");

    public static ProcessFailure Away { get; } = new(PluginErrorCode.ConnectionError, "The plugin's process has ended and is started again.");

    public static ProcessFailure Stopped { get; } = new(PluginErrorCode.ConnectionError, "The plugin is stopped.", Retryable: false);

    public static ProcessFailure Busy { get; } = new(PluginErrorCode.ConnectionError, "The plugin's process owes too many answers; the call was not sent.");

    public static ProcessFailure Deaf { get; } = new(PluginErrorCode.ConnectionError, "The plugin's process does not read what was sent; the call was not sent.");

    public static ProcessFailure TooLarge { get; } = new(PluginErrorCode.InvalidConfig, "What is to be sent is larger than max_frame.");

    public static ProcessFailure Mismatch { get; } = new(PluginErrorCode.InvalidResponse, "The plugin's process answered with another kind of message.");

    public PluginException ToException(string plugin, string operation = Enrich) => new(plugin, operation, Message, Code, Retryable);
}
