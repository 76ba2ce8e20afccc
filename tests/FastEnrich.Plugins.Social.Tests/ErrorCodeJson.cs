using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Tests;

[JsonSerializable(typeof(PluginErrorCode))]
internal sealed partial class ErrorCodeJson : JsonSerializerContext;
