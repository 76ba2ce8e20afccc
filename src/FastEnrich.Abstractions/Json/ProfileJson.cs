using System.Buffers;
using System.Text.Json;

namespace FastEnrich;

/// <summary>
/// Writes and reads profiles as the wire contract has them. A profile of the engine is stitched from the bytes that its plugins' results are held as.
/// </summary>
public static class ProfileJson
{
    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>Writes a profile as one line of UTF-8 JSON, without a line feed.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="output">Where it goes. After an exception it holds an unusable part of the profile.</param>
    /// <param name="view">How much of it; the results by plugin are left out of <see cref="ProfileView.Merged"/>.</param>
    /// <exception cref="OverflowException">A duration is beyond 292 years, which only a profile made by hand can have.</exception>
    public static void Write(EnrichedProfile profile, IBufferWriter<byte> output, ProfileView view = ProfileView.Full)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(output);
        if (profile.WireFrame is { } frame)
        {
            frame.Stitch(output, view);
            return;
        }

        var writer = Rent(output);
        try
        {
            WriteProfile(writer, profile, view, cuts: null);
            writer.Flush();
        }
        finally
        {
            Return(writer);
        }
    }

    /// <summary>Returns a profile as one line of UTF-8 JSON, without a line feed.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="view">How much of it; the results by plugin are left out of <see cref="ProfileView.Merged"/>.</param>
    /// <returns>The bytes, the caller's own.</returns>
    /// <exception cref="OverflowException">A duration is beyond 292 years, which only a profile made by hand can have.</exception>
    public static byte[] ToUtf8Bytes(EnrichedProfile profile, ProfileView view = ProfileView.Full)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.WireFrame is { } frame)
        {
            return frame.ToArray(view);
        }

        var buffer = new ArrayBufferWriter<byte>(2048);
        Write(profile, buffer, view);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a profile; unknown members are ignored.</summary>
    /// <param name="utf8Json">One profile as UTF-8 JSON.</param>
    /// <returns>The profile; <see langword="null"/> for the JSON text <c>null</c>.</returns>
    /// <exception cref="JsonException">The text is not a profile.</exception>
    public static EnrichedProfile? Parse(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, FastEnrichJsonContext.Default.EnrichedProfile);

    internal static Utf8JsonWriter Rent(IBufferWriter<byte> output)
    {
        var writer = t_writer;
        if (writer is null)
        {
            // Validation off: the order of the calls below is fixed, and slot bytes were written by this library.
            return new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        }

        t_writer = null; // an output that writes profiles itself gets a writer of its own
        writer.Reset(output);
        return writer;
    }

    internal static void Return(Utf8JsonWriter writer)
    {
        writer.Reset(NoOutput.Instance); // holds on to nobody's buffer; a stream would make the writer allocate a buffer of its own
        t_writer = writer;
    }

    /// <summary>Writes all members in the order of the contract; <paramref name="cuts"/> takes where the results by plugin stand, and puts placeholders for them.</summary>
    internal static void WriteProfile(Utf8JsonWriter writer, EnrichedProfile profile, ProfileView view, WireCuts? cuts)
    {
        var json = FastEnrichJsonContext.Default;
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, profile.UserId);
        writer.WritePropertyName("merged"u8);
        EnrichmentWriter.Write(writer, profile.Merged);
        cuts?.MarkStart(writer);
        if (view == ProfileView.Full)
        {
            WriteEnrichments(writer, profile, cuts);
        }

        cuts?.MarkEnd(writer);
        writer.WritePropertyName("errors"u8);
        JsonSerializer.Serialize(writer, profile.Errors, json.IReadOnlyDictionaryStringProfileError);
        writer.WritePropertyName("status"u8);
        JsonSerializer.Serialize(writer, profile.Status, json.IReadOnlyDictionaryStringPluginResultStatus);
        writer.WriteNumber("overall_confidence"u8, profile.OverallConfidence);
        writer.WriteNumber("success_count"u8, profile.SuccessCount);
        writer.WriteNumber("error_count"u8, profile.ErrorCount);
        writer.WriteBoolean("complete"u8, profile.Complete);
        writer.WriteString("timestamp"u8, profile.Timestamp);
        writer.WriteEndObject();
    }

    private static void WriteEnrichments(Utf8JsonWriter writer, EnrichedProfile profile, WireCuts? cuts)
    {
        writer.WritePropertyName("enrichments"u8);
        if (profile.Source is not { } source)
        {
            writer.WriteStartObject();
            foreach (var (plugin, enrichment) in profile.Enrichments)
            {
                writer.WritePropertyName(plugin);
                EnrichmentWriter.Write(writer, enrichment);
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartObject();
        for (var i = 0; i < source.Count; i++)
        {
            writer.WritePropertyName(source.PluginAt(i));
            if (cuts is null)
            {
                writer.WriteRawValue(source.JsonAt(i).Span, skipInputValidation: true);
            }
            else
            {
                cuts.MarkValue(writer, i);
            }
        }

        writer.WriteEndObject();
    }
}
