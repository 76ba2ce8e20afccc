namespace FastEnrich;

/// <summary>Why one plugin has no fresh result in a profile.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Operation">What was attempted.</param>
/// <param name="Message">The plugin's own text; no user id, secret or upstream body.</param>
/// <param name="Retryable">Whether the same call may succeed soon.</param>
public sealed record ProfileError(PluginErrorCode Code, string Operation, string Message, bool Retryable);
