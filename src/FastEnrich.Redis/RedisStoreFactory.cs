using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Reading;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FastEnrich.Redis;

/// <summary>Makes the tier from the engine's options.</summary>
internal static class RedisStoreFactory
{
    private const long MaxFields = 128; // twice the plugins of an engine

    private const int RecordOverhead = 4096;

    /// <summary>Adds what is wrong with the settings of the connection; the others are checked with the engine's.</summary>
    public static void Check(EngineOptions engine, List<ConfigError> errors)
    {
        if (engine.Redis.Connection is { } connection && !ConnectionText.TryParse(connection, out _))
        {
            errors.Add(new ConfigError("engine:redis:connection", "***", ConnectionText.Expected));
        }
    }

    /// <summary>The tier; <see langword="null"/> when no connection is configured.</summary>
    public static RedisProfileStore? Create(FastEnrichOptions options) =>
        options.Engine.Redis.Connection is { } connection && ConnectionText.TryParse(connection, out var client) ? Create(options, client) : null;

    private static RedisProfileStore Create(FastEnrichOptions options, ConfigurationOptions client)
    {
        var settings = options.Engine.Redis;
        var logger = options.LoggerFactory?.CreateLogger("FastEnrich.Redis") ?? (ILogger)NullLogger.Instance;
        var telemetry = new RedisTelemetry(options.MeterFactory);
        if (client.Tunnel is GuardedTunnel tunnel)
        {
            tunnel.MaxReply = Math.Max(tunnel.MaxReply, MaxFields * (settings.MaxRecordBytes + RecordOverhead)); // other instances may have other limits
        }

        var link = new RedisLink(client, options.TimeProvider, telemetry, logger);
        var commands = new RedisCommands(link);
        var seal = settings.Encryption is { } sealing ? new UserSeal(Convert.FromBase64String(sealing.IndexKey)) : null;
        var cipher = settings.Encryption is { } encryption
            ? new RecordCipher([.. encryption.Keys.Select(static key => new MasterKey(key.Id, Convert.FromBase64String(key.Key)))])
            : null;
        var keys = new ProfileKeys(settings.KeyPrefix, seal);
        var codec = new RecordCodec(settings.MaxRecordBytes, cipher);
        var eraser = new ProfileEraser(commands, keys, telemetry, logger);
        var bus = new InvalidationBus(link, keys, eraser, settings.DisconnectedServing, options.TimeProvider, logger);
        var reader = new ProfileReader(commands, link.Breakers, keys, codec, bus, settings.MaxReads, options.TimeProvider, telemetry);
        var sender = new RecordSender(commands, keys, codec, bus, options.TimeProvider, telemetry);
        var writer = new ProfileWriter(commands, sender, bus, settings.WriteQueue, options.TimeProvider, telemetry, logger);
        telemetry.Observe(() => link.IsConnected, () => link.Breakers.IsOpen, () => writer.Queued, () => bus.ForgetsGivenUp);
        return new RedisProfileStore(link, reader, writer, eraser, bus, telemetry);
    }
}
