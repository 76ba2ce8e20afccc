using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

internal sealed class ConvertedWrongly
{
    [JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))]
    public DayOfWeek Day { get; set; }
}
