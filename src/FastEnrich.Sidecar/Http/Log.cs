using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Http;

internal static partial class Log
{
    [LoggerMessage(EventId = 901, EventName = "RequestFailed", Level = LogLevel.Error, Message = "A request failed inside the server: {ExceptionType}")]
    public static partial void RequestFailed(ILogger logger, string exceptionType);

    [LoggerMessage(EventId = 902, EventName = "Draining", Level = LogLevel.Information, Message = "Draining: no new requests are taken")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(EventId = 903, EventName = "DrainIncomplete", Level = LogLevel.Warning, Message = "Requests were still running when the time to drain ended; they were dropped")]
    public static partial void DrainIncomplete(ILogger logger);
}
