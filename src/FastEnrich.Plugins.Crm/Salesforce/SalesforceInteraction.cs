using System.Buffers;
using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>One contact between the organization and a person.</summary>
/// <param name="Type"><c>case</c>, <c>task</c> or <c>meeting</c>.</param>
/// <param name="Channel">How they met, in lower case.</param>
/// <param name="At">When.</param>
/// <param name="EndedAt">When a case was closed, or a task done.</param>
internal readonly record struct SalesforceInteraction(string Type, string? Channel, DateTimeOffset At, DateTimeOffset? EndedAt)
{
    private const int MaxListed = 50;
    private const int MaxChannelLength = 64;

    public IEnumerable<DateTimeOffset> Times => EndedAt is { } ended ? [At, ended] : [At];

    /// <summary>Returns a contact's interactions, the newest first; meetings to come are none yet.</summary>
    public static List<SalesforceInteraction> Of(string contact, SalesforceDetails details, DateTimeOffset now) =>
    [
        .. details.Cases[contact].Select(row => Make("case", ChannelName(row.Text("Origin")), row.Time("CreatedDate"), row.Time("ClosedDate")))
            .Concat(details.Tasks[contact].Select(row => Make("task", TaskChannel(row.Text("TaskSubtype")), row.Time("CreatedDate"), row.Time("CompletedDateTime"))))
            .Concat(details.Events[contact].Select(row => Make("meeting", "meeting", row.Time("StartDateTime"), null)))
            .OfType<SalesforceInteraction>().Where(interaction => interaction.At <= now).OrderByDescending(interaction => interaction.At),
    ];

    /// <summary>Writes the newest interactions as a list.</summary>
    public static JsonElement ToJson(IEnumerable<SalesforceInteraction> interactions)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var interaction in interactions.Take(MaxListed))
            {
                writer.WriteStartObject();
                writer.WriteString("type", interaction.Type);
                if (interaction.Channel is { } channel)
                {
                    writer.WriteString("channel", channel);
                }

                writer.WriteString("timestamp", Instant.Format(interaction.At));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Returns a picklist's value as the name of a channel; anything but a few words is none.</summary>
    public static string? ChannelName(string? text) =>
        text is { Length: <= MaxChannelLength } && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '&' or '/' or '.') ? text.ToLowerInvariant() : null;

    private static SalesforceInteraction? Make(string type, string? channel, DateTimeOffset? at, DateTimeOffset? endedAt) =>
        at is { } time ? new SalesforceInteraction(type, channel, time, endedAt) : null;

    /// <summary>A plain task says nothing of a channel.</summary>
    private static string? TaskChannel(string? subtype) => subtype switch
    {
        "Call" => "phone",
        "Email" or "ListEmail" => "email",
        "LinkedIn" => "linkedin",
        _ => null,
    };
}
