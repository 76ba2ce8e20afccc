using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
