using System.Buffers;
using System.Text.Json;

namespace FastEnrich.Processes;

/// <summary>Writes what a child is told.</summary>
internal static class MessageWriter
{
    public static byte[] Hello(string plugin, ProcessOptions options) => Write((plugin, options), static (writer, state) =>
    {
        writer.WriteString("type"u8, "hello"u8);
        writer.WriteNumber("protocol"u8, ProcessLimits.Protocol);
        writer.WriteString("plugin"u8, state.plugin);
        writer.WriteNumber("max_frame"u8, state.options.MaxFrameBytes);
        writer.WriteNumber("heartbeat"u8, state.options.Heartbeat.Ticks * TimeSpan.NanosecondsPerTick);
        writer.WriteNumber("batch_size"u8, state.options.BatchSize);
        writer.WritePropertyName("config"u8);
        writer.WriteRawValue(state.options.Config.Span);
    });

    public static byte[] Enrich(long id, EnrichmentRequest request) => Write((id, request), static (writer, state) =>
    {
        writer.WriteString("type"u8, "enrich"u8);
        writer.WriteNumber("id"u8, state.id);
        Write(writer, state.request);
    });

    public static byte[] EnrichBatch(long id, IReadOnlyList<EnrichmentRequest> requests) => Write((id, requests), static (writer, state) =>
    {
        writer.WriteString("type"u8, "enrich_batch"u8);
        writer.WriteNumber("id"u8, state.id);
        writer.WriteStartArray("requests"u8);
        foreach (var request in state.requests)
        {
            writer.WriteStartObject();
            Write(writer, request);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes a message that is its type and an id: <c>health</c>, <c>ping</c>, <c>cancel</c>.</summary>
    public static byte[] Of(string type, long id) => Write((type, id), static (writer, state) =>
    {
        writer.WriteString("type"u8, state.type);
        writer.WriteNumber("id"u8, state.id);
    });

    public static byte[] Shutdown() => """{"type":"shutdown"}"""u8.ToArray();

    private static void Write(Utf8JsonWriter writer, EnrichmentRequest request)
    {
        writer.WriteString("user_id"u8, request.UserId);
        if (request.Identities.Count > 0)
        {
            writer.WriteStartObject("identities"u8);
            foreach (var (name, value) in request.Identities)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        if (request.Budget >= TimeSpan.Zero)
        {
            writer.WriteNumber("budget"u8, request.Budget.Ticks * TimeSpan.NanosecondsPerTick);
        }

        if (request.Previous is { } previous)
        {
            writer.WriteStartObject("previous"u8);
            writer.WriteString("fetched_at"u8, previous.FetchedAt);
            if (previous.Validator is not null)
            {
                writer.WriteString("validator"u8, previous.Validator);
            }

            writer.WriteEndObject();
        }
    }

    private static byte[] Write<TState>(TState state, Action<Utf8JsonWriter, TState> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        members(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
