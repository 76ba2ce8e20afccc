using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

[JsonSerializable(typeof(PluginErrorCode))]
internal sealed partial class ErrorCodeJson : JsonSerializerContext;
