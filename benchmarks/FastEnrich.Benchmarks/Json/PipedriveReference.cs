using System.Text.Json.Serialization;
using FastEnrich.Plugins.Crm.Pipedrive.Payloads;

namespace FastEnrich.Benchmarks.Json;

/// <summary>Pipedrive's payloads by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(PipedriveAnswer))]
internal sealed partial class PipedriveReference : JsonSerializerContext;
