using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>Reads a record whole, whatever its fields are. Records are never written.</summary>
internal sealed class SalesforceRecordConverter : JsonConverter<SalesforceRecord>
{
    public override SalesforceRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, SalesforceRecord value, JsonSerializerOptions options) => throw new NotSupportedException();
}
