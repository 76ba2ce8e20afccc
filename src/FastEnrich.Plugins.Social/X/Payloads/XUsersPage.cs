using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>The answer to a lookup of users: those found, and an error for each other one.</summary>
internal sealed class XUsersPage
{
    [JsonPropertyName("data")]
    public IReadOnlyList<XUser>? Data { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<XProblem>? Errors { get; init; }
}
