using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

[JsonConverter(typeof(ObjectConverter))]
internal sealed record ConvertedByObject(string Text);
