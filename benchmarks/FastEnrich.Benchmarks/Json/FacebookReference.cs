using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Plugins.Social.Facebook.Payloads;

namespace FastEnrich.Benchmarks.Json;

/// <summary>Facebook's payloads by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<FacebookBatchItem>))]
[JsonSerializable(typeof(FacebookTokenAnswer))]
internal sealed partial class FacebookReference : JsonSerializerContext;
