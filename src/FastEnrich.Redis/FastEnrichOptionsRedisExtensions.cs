using FastEnrich.Redis;

namespace FastEnrich;

/// <summary>Adds the second tier in Redis to an engine's options.</summary>
public static class FastEnrichOptionsRedisExtensions
{
    /// <summary>
    /// Adds Redis as the second tier, shared by all instances. It is connected in the background and may be away at any moment; without a connection,
    /// here or in the options, there is none.
    /// </summary>
    /// <param name="options">The engine's options. A connection that cannot be understood is reported when the engine is made, without being shown.</param>
    /// <param name="connection">
    /// Where Redis is: <c>redis://</c>, <c>rediss://</c> or a StackExchange.Redis string. <see langword="null"/> leaves it as it is in the options.
    /// </param>
    /// <param name="configure">Sets the other options.</param>
    /// <returns>The options.</returns>
    public static FastEnrichOptions AddRedis(this FastEnrichOptions options, string? connection = null, Action<RedisSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Engine.Redis.Connection = connection ?? options.Engine.Redis.Connection;
        configure?.Invoke(options.Engine.Redis);
        options.CheckStore = RedisStoreFactory.Check;
        options.CreateStore = RedisStoreFactory.Create;
        return options;
    }
}
