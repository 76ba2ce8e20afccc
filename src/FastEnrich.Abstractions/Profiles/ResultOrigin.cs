using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Where this process got a value from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResultOrigin>))]
public enum ResultOrigin
{
    /// <summary>From the upstream system itself.</summary>
    [JsonStringEnumMemberName("upstream")] Upstream,

    /// <summary>From the shared second tier.</summary>
    [JsonStringEnumMemberName("l2")] L2,
}
