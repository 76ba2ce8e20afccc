using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>One contact between the organization and a person: when it was, on what channel, and what came of it. What was said stays in Salesforce.</summary>
/// <param name="Type"><c>case</c>, <c>call</c>, <c>email</c>, <c>task</c> or <c>meeting</c>.</param>
/// <param name="Channel">How they met, in lower case.</param>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>done</c>.</param>
/// <param name="At">When.</param>
/// <param name="EndedAt">When a case was closed, or a task done.</param>
internal sealed record SalesforceInteraction(string Type, string? Channel, string? Status, DateTimeOffset At, DateTimeOffset? EndedAt)
{
    private const int MaxListed = 50;
    private const int MaxChannelLength = 64;

    public IEnumerable<DateTimeOffset> Times => EndedAt is { } ended ? [At, ended] : [At];

    /// <summary>Returns a contact's interactions, the newest first; meetings to come are none yet.</summary>
    public static List<SalesforceInteraction> Of(string contact, SalesforceDetails details, DateTimeOffset now) =>
    [
        .. details.Cases[contact].Select(OfCase).Concat(details.Tasks[contact].Select(OfTask)).Concat(details.Events[contact].Select(OfEvent))
            .OfType<SalesforceInteraction>()
            .Where(interaction => interaction.At <= now)
            .OrderByDescending(interaction => interaction.At)
            .ThenBy(interaction => interaction.Type, StringComparer.Ordinal),
    ];

    public static void Write(Utf8JsonWriter writer, IEnumerable<SalesforceInteraction> interactions)
    {
        writer.WriteStartArray();
        foreach (var interaction in interactions.Take(MaxListed))
        {
            interaction.Write(writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Returns a picklist's value as the name of a channel; anything but a few words is none.</summary>
    public static string? ChannelName(string? text) =>
        text is { Length: <= MaxChannelLength } && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '&' or '/' or '.') ? text.ToLowerInvariant() : null;

    private static SalesforceInteraction? OfCase(SalesforceRecord row)
    {
        var channel = ChannelName(row.Text("Origin"));
        return Make("case", channel == "phone" ? "call" : channel, StatusOf(row, "closed"), row.Time("CreatedDate"), row.Time("ClosedDate"));
    }

    /// <summary>A plain task says nothing of a channel.</summary>
    private static SalesforceInteraction? OfTask(SalesforceRecord row)
    {
        var channel = row.Text("TaskSubtype") switch
        {
            "Call" => "call",
            "Email" or "ListEmail" => "email",
            "LinkedIn" => "linkedin",
            _ => null,
        };
        return Make(channel is "call" or "email" ? channel : "task", channel, StatusOf(row, "done"), row.Time("CreatedDate"), row.Time("CompletedDateTime"));
    }

    private static SalesforceInteraction? OfEvent(SalesforceRecord row) => Make("meeting", "meeting", null, row.Time("StartDateTime"), null);

    private static SalesforceInteraction? Make(string type, string? channel, string? status, DateTimeOffset? at, DateTimeOffset? endedAt) =>
        at is { } time ? new SalesforceInteraction(type, channel, status, time, endedAt) : null;

    private static string? StatusOf(SalesforceRecord row, string closed) => row.Flag("IsClosed") is { } isClosed ? isClosed ? closed : "open" : null;

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteString("timestamp", Instant.Format(At));
        if (Channel is not null)
        {
            writer.WriteString("channel", Channel);
        }

        if (Status is not null)
        {
            writer.WriteString("status", Status);
        }

        writer.WriteEndObject();
    }
}
