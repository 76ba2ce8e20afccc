using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

[JsonSerializable(typeof(PluginErrorCode))]
internal sealed partial class FacebookErrorCodeJson : JsonSerializerContext;
