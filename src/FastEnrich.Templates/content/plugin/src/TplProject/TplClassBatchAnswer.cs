using System.Text.Json.Serialization;

namespace TplNamespace;

/// <summary>The accounts that the upstream knows. One without the list is no answer: it would make strangers of all.</summary>
internal sealed record TplClassBatchAnswer
{
    [JsonPropertyName("accounts")]
    public required IReadOnlyList<TplClassAccount> Accounts { get; init; }
}
