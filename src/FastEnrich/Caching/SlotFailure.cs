namespace FastEnrich.Caching;

/// <summary>Why a fetch brought nothing, and how callers see it.</summary>
internal sealed class SlotFailure(PluginState state, ProfileError error, TimeSpan? retryAfter = null)
{
    public const string FetchOperation = "fetch";

    /// <summary>Failed, timed out or rejected.</summary>
    public PluginState State { get; } = state;

    public ProfileError Error { get; } = error;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static SlotFailure BudgetSpent { get; } = new(PluginState.TimedOut, new(PluginErrorCode.TimeoutError, FetchOperation, "The fetch did not end within its budget.", true));

    public static SlotFailure DeadlinePassed { get; } = new(
        PluginState.TimedOut,
        new(PluginErrorCode.TimeoutError, FetchOperation, "The caller's deadline passed before the fetch ended.", true));

    public static SlotFailure QueueFull { get; } = new(PluginState.Rejected, new(PluginErrorCode.RateLimitError, FetchOperation, "Too many users wait for this plugin.", true));

    public static SlotFailure QueuedTooLong { get; } = new(
        PluginState.Rejected,
        new(PluginErrorCode.TimeoutError, FetchOperation, "No call to the upstream came free in time.", true));

    public static SlotFailure BreakerOpen { get; } = new(
        PluginState.Rejected,
        new(PluginErrorCode.ConnectionError, FetchOperation, "The upstream keeps failing; calls to it are paused.", true));

    public static SlotFailure Hung { get; } = new(PluginState.Rejected, new(PluginErrorCode.TimeoutError, FetchOperation, "All calls to the upstream hang.", true));

    public static SlotFailure Stopped { get; } = new(PluginState.Rejected, new(PluginErrorCode.ConnectionError, FetchOperation, "The plugin is stopping.", true));

    public static SlotFailure Of(PluginErrorCode code, string operation, string message, bool retryable, TimeSpan? retryAfter = null) =>
        new(code == PluginErrorCode.TimeoutError ? PluginState.TimedOut : PluginState.Failed, new(code, operation, message, retryable), retryAfter);
}
