using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>A call, a meeting or another kind of activity with a person.</summary>
/// <param name="Type">The kind, by the account's key for it.</param>
/// <param name="At">When it took place, or is planned to.</param>
/// <param name="Done">Whether it took place.</param>
internal sealed record PipedriveActivity(string Type, DateTimeOffset? At, bool Done)
{
    private const int MaxTypeLength = 64;

    /// <summary>Gets whether two people meet in it.</summary>
    public bool IsContact => Type is not ("task" or "deadline");

    public static PipedriveActivity? From(PipedriveRecord record) =>
        record.Text("type") is { Length: <= MaxTypeLength } type && type.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? new PipedriveActivity(type, Due(record) ?? record.Time("marked_as_done_time"), record.Flag("done") == true)
            : null;

    /// <summary>Date and time stand apart, in UTC; a date without a time is no time of the day.</summary>
    private static DateTimeOffset? Due(PipedriveRecord record) =>
        record.Text("due_date") is { Length: 10 } date && record.Text("due_time") is { Length: 5 or 8 } time ? Instant.Parse($"{date}T{time}Z") : null;
}
