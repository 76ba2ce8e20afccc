using FastEnrich.Caching;

namespace FastEnrich.Resilience;

/// <summary>Turns what a plugin threw into a failure that can be shown: the plugin's own text, or the exception's type and nothing else.</summary>
internal static class FailureMapping
{
    private const int MaxText = 256;

    public static AttemptOutcome Map(Exception exception, string operation = SlotFailure.FetchOperation) => exception switch
    {
        PluginException { Code: PluginErrorCode.NotFound } => new(EnrichmentResult.NotFound(), null),
        PluginException failure => new(default, SlotFailure.Of(failure.Code, Short(failure.Operation), Short(failure.Message), failure.Retryable, failure.RetryAfter)),
        OperationCanceledException or TimeoutException => new(default, SlotFailure.Of(PluginErrorCode.TimeoutError, operation, "The call to the upstream took too long.", true)),
        _ => new(default, SlotFailure.Of(PluginErrorCode.ConnectionError, operation, $"The plugin failed with {exception.GetType().Name}.", true)),
    };

    private static string Short(string? text) => text is null ? "" : text.Length <= MaxText ? text : Cut(text);

    // Half a character would make the whole text ill-formed.
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
}
