using System.Text.Json.Serialization;
using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Benchmarks.Json;

/// <summary>X's payloads by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(XUsersPage))]
[JsonSerializable(typeof(XPostsPage))]
[JsonSerializable(typeof(XListsPage))]
internal sealed partial class XReference : JsonSerializerContext;
