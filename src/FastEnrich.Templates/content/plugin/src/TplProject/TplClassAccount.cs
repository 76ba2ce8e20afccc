using System.Text.Json.Serialization;

namespace TplNamespace;

/// <summary>The upstream's answer. Without <see cref="JsonPropertyNameAttribute"/> a member is read from the name it has here, such as <c>City</c>.</summary>
internal sealed record TplClassAccount
{
    [JsonPropertyName("city")]
    public string? City { get; init; }

    [JsonPropertyName("interests")]
    public IReadOnlyList<string>? Interests { get; init; }
}
