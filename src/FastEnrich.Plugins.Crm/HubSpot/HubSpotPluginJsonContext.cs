using System.Text.Json.Serialization;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

[JsonSerializable(typeof(HubSpotObject))]
[JsonSerializable(typeof(HubSpotObjectBatch))]
[JsonSerializable(typeof(HubSpotAssociationBatch))]
[JsonSerializable(typeof(HubSpotError))]
internal sealed partial class HubSpotPluginJsonContext : JsonSerializerContext;
