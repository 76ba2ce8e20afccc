using System.Text.Json.Serialization;

namespace TplNamespace;

/// <summary>The upstream's answer. Without <see cref="JsonPropertyNameAttribute"/> a member is read from the name it has here, such as <c>City</c>.</summary>
internal sealed record TplClassAccount
{
#if (batch)
    [JsonPropertyName("id")]
    public string? Id { get; init; }

#endif
    [JsonPropertyName("city")]
    public string? City { get; init; }

    [JsonPropertyName("interests")]
    public IReadOnlyList<string>? Interests { get; init; }
}
