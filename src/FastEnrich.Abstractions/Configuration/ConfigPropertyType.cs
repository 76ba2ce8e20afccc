using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>The type of a configuration property.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfigPropertyType>))]
public enum ConfigPropertyType
{
    /// <summary>Text.</summary>
    [JsonStringEnumMemberName("string")] String,

    /// <summary>A whole number of 64 bits.</summary>
    [JsonStringEnumMemberName("integer")] Integer,

    /// <summary>A finite number.</summary>
    [JsonStringEnumMemberName("number")] Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>A duration: <c>30</c> (seconds), <c>30s</c>, <c>500ms</c>, <c>2m</c>, <c>1h</c>, <c>1d</c> or <c>00:00:30</c>.</summary>
    [JsonStringEnumMemberName("duration")] Duration,

    /// <summary>A list of values.</summary>
    [JsonStringEnumMemberName("array")] Array,

    /// <summary>A mapping of names to values.</summary>
    [JsonStringEnumMemberName("object")] Object,
}
