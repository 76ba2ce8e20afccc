using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>One call, e-mail, meeting, note or task: when it was and what came of it. What was said stays in HubSpot.</summary>
internal sealed record HubSpotInteraction(string Type, DateTimeOffset? At, string? Direction, string? Status, long? DurationMilliseconds)
{
    /// <summary>Gets whether two sides took part, as in notes and tasks they do not.</summary>
    public bool IsConversation => Type is "call" or "email" or "meeting";

    public static HubSpotInteraction Of(string kind, HubSpotObject record)
    {
        var properties = new HubSpotProperties(record.Properties);
        var type = kind.TrimEnd('s');
        return new HubSpotInteraction(
            type,
            properties.Time("hs_timestamp"),
            Word(properties.Text($"hs_{type}_direction")),
            Word(properties.Text($"hs_{type}_status") ?? properties.Text($"hs_{type}_outcome")),
            properties.Count($"hs_{type}_duration"));
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<HubSpotInteraction> interactions)
    {
        writer.WriteStartArray();
        foreach (var interaction in interactions)
        {
            interaction.Write(writer);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        if (At is { } at)
        {
            writer.WriteString("timestamp", Instant.Format(at));
        }

        if (Direction is not null)
        {
            writer.WriteString("direction", Direction);
        }

        if (Status is not null)
        {
            writer.WriteString("status", Status);
        }

        if (DurationMilliseconds is { } duration)
        {
            writer.WriteNumber("duration_ms", duration);
        }

        writer.WriteEndObject();
    }

    /// <summary>HubSpot's states are names in capitals; anything else is what somebody typed.</summary>
    private static string? Word(string? text) =>
        text is { Length: <= 40 } && text.All(c => char.IsAsciiLetterUpper(c) || c == '_') ? text.ToLowerInvariant() : null;
}
