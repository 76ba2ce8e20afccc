using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Facebook.Payloads;

/// <summary>An error. Old ones have no code and name it in their message.</summary>
internal sealed class FacebookError
{
    [JsonPropertyName("code")]
    public JsonElement Code { get; init; }

    [JsonPropertyName("error_subcode")]
    public JsonElement Subcode { get; init; }

    [JsonPropertyName("type")]
    public JsonElement Type { get; init; }

    [JsonPropertyName("is_transient")]
    public JsonElement IsTransient { get; init; }

    /// <summary>Read for the code that an old error has nowhere else, and never passed on: it may quote a user's data.</summary>
    [JsonPropertyName("message")]
    public JsonElement Message { get; init; }
}
