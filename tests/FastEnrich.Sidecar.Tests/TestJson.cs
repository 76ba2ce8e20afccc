using System.Text.Json.Serialization;

namespace FastEnrich.Sidecar.Tests;

[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;
