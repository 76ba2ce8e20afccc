using FastEnrich;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the second tier in Redis to an engine that lives in a service collection.</summary>
public static class FastEnrichRedisBuilderExtensions
{
    /// <summary>
    /// Adds Redis as the second tier, shared by all instances. It is connected in the background and may be away at any moment; without a connection,
    /// here or in <c>engine.redis.connection</c>, there is none.
    /// </summary>
    /// <param name="builder">What <c>AddFastEnrich</c> returned.</param>
    /// <param name="connection">
    /// Where Redis is: <c>redis://</c>, <c>rediss://</c> or a StackExchange.Redis string; stronger than the configuration's. <see langword="null"/> leaves that to the
    /// configuration.
    /// </param>
    /// <param name="configure">Sets the other options; called after they were read from configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The builder is not FastEnrich's own.</exception>
    public static IFastEnrichBuilder AddRedis(this IFastEnrichBuilder builder, string? connection = null, Action<RedisSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var engine = builder as FastEnrichBuilder ?? throw new ArgumentException("Call AddRedis on what AddFastEnrich returned.", nameof(builder));
        engine.Configure(options => options.AddRedis(connection, configure));
        return builder;
    }
}
