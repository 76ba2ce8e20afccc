using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>
/// What one plugin returned for one user, or all of them merged. Immutable: the engine shares it between callers, so a plugin must not change
/// anything it refers to once it is returned.
/// </summary>
public sealed record UserEnrichment
{
    /// <summary>Gets who the user is.</summary>
    public Demographics? Demographics { get; init => field = value is { IsEmpty: true } ? null : value; }

    /// <summary>Gets the user's interests.</summary>
    public IReadOnlyList<string>? Interests { get; init => field = Omit.Empty(value); }

    /// <summary>Gets how the user is connected.</summary>
    public SocialConnections? SocialConnections { get; init => field = value is { IsEmpty: true } ? null : value; }

    /// <summary>Gets what the user does.</summary>
    public BehaviorPatterns? BehaviorPatterns { get; init => field = value is { IsEmpty: true } ? null : value; }

    /// <summary>Gets further facts by name; JSON of any shape. Shared names: <c>lead_score</c> (0 to 100), <c>lifecycle_stage</c>.</summary>
    [JsonConverter(typeof(OpenMapConverter))]
    public IReadOnlyDictionary<string, JsonElement>? ContextualData { get; init => field = Omit.Empty(value); }

    /// <summary>Gets how far the result can be trusted.</summary>
    /// <value>From 0 to 1; anything else is refused as <see cref="PluginErrorCode.InvalidResponse"/>.</value>
    public double Confidence { get; init; }

    /// <summary>Gets where the result comes from. The engine fills in the plugin's name when it is empty.</summary>
    public string Source { get; init => field = value ?? ""; } = "";

    /// <summary>Gets when the upstream's data was read. The engine fills in the time of the answer when it is the default.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Gets how long the result is fresh; whole nanoseconds on the wire, truncated to 100 ns when read.</summary>
    /// <value>
    /// From 0 (this answer only) to 30 days, a larger one counts as 30 days; <see langword="null"/> for the configured <c>cache_ttl</c>.
    /// Never <see langword="null"/> in a profile.
    /// </value>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(TtlConverter))]
    public TimeSpan? Ttl { get; init; }

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(UserEnrichment);
}
