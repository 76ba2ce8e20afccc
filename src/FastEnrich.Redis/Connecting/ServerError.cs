using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>What went wrong in one word that may be shown: messages hold keys, addresses and the user of the connection.</summary>
internal static class ServerError
{
    public static string KindOf(Exception exception) => exception switch
    {
        RedisServerException server => server.Kind.ToString(),
        TimeoutException or OperationCanceledException => "Timeout",
        RedisConnectionException or RedisAwayException => "Connection",
        _ => exception.GetType().Name,
    };
}
