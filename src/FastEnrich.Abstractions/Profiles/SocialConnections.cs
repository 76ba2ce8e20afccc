using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>How a user is connected. Empty members and zeros are omitted on the wire.</summary>
public sealed record SocialConnections
{
    private static readonly SocialConnections s_empty = new();

    /// <summary>Gets the platforms, such as <c>x</c> or <c>linkedin</c>.</summary>
    public IReadOnlyList<string>? Platforms { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the number of connections.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Connections { get; init; }

    /// <summary>Gets the influence, in the unit of the source.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Influence { get; init; }

    /// <summary>Gets the communities.</summary>
    public IReadOnlyList<string>? Communities { get; init => field = Omit.Empty(value); }

    /// <summary>Gets interactions by kind; JSON of any shape.</summary>
    [JsonConverter(typeof(OpenMapConverter))]
    public IReadOnlyDictionary<string, JsonElement>? Interactions { get; init => field = Omit.Empty(value); }

    internal bool IsEmpty => this == s_empty;

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SocialConnections);
}
