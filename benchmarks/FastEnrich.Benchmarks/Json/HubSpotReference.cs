using System.Text.Json.Serialization;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Benchmarks.Json;

/// <summary>HubSpot's payloads by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(HubSpotObject))]
[JsonSerializable(typeof(HubSpotObjectBatch))]
[JsonSerializable(typeof(HubSpotAssociationBatch))]
internal sealed partial class HubSpotReference : JsonSerializerContext;
