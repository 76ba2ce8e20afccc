using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>What a user does. Empty members and zeros are omitted on the wire.</summary>
public sealed record BehaviorPatterns
{
    private static readonly BehaviorPatterns s_empty = new();

    /// <summary>Gets the mean length of a session; whole nanoseconds on the wire, truncated to 100 ns when read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan SessionDuration { get; init; }

    /// <summary>Gets the number of page views.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PageViews { get; init; }

    /// <summary>Gets the share of visits or deals that converted, 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double ConversionRate { get; init; }

    /// <summary>Gets the preferred channels, best first.</summary>
    public IReadOnlyList<string>? PreferredChannels { get; init => field = Omit.Empty(value); }

    /// <summary>Gets when the user is active; RFC 3339 times or names of parts of the day, as the source has it.</summary>
    public IReadOnlyList<string>? ActivityTimes { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the purchases, newest first.</summary>
    public IReadOnlyList<PurchaseEvent>? PurchaseHistory { get; init => field = Omit.Empty(value); }

    /// <summary>Gets what the user searched for.</summary>
    public IReadOnlyList<string>? SearchPatterns { get; init => field = Omit.Empty(value); }

    /// <summary>Gets measures of engagement by name; JSON of any shape.</summary>
    [JsonConverter(typeof(OpenMapConverter))]
    public IReadOnlyDictionary<string, JsonElement>? EngagementMetrics { get; init => field = Omit.Empty(value); }

    internal bool IsEmpty => this == s_empty;

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(BehaviorPatterns);
}
