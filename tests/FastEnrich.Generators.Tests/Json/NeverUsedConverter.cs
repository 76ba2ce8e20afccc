using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

internal sealed class NeverUsedConverter : JsonConverter<NeverUsedConverter>
{
    public override NeverUsedConverter Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, NeverUsedConverter value, JsonSerializerOptions options) => throw new NotSupportedException();
}
