using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;

namespace FastEnrich.Plugins.Http;

/// <summary>Maps how a user is connected. Immutable.</summary>
internal sealed class HttpSocialMapper(HttpSocialFields fields, HttpFieldPaths paths)
{
    private readonly JsonPath? _platforms = paths.Optional(fields.Platforms, "fields:social_connections:platforms");
    private readonly JsonPath? _connections = paths.Optional(fields.Connections, "fields:social_connections:connections");
    private readonly JsonPath? _influence = paths.Optional(fields.Influence, "fields:social_connections:influence");
    private readonly JsonPath? _communities = paths.Optional(fields.Communities, "fields:social_connections:communities");
    private readonly KeyValuePair<string, JsonPath>[] _interactions = paths.Map(fields.Interactions, "fields:social_connections:interactions");

    public SocialConnections Map(JsonElement user) => new()
    {
        Platforms = _platforms is null ? null : JsonValues.Texts(_platforms.Select(user)),
        Connections = _connections is null ? 0 : JsonValues.Count(_connections.First(user)) ?? 0,
        Influence = _influence is null ? 0 : (double)(JsonValues.Number(_influence.First(user)) ?? 0),
        Communities = _communities is null ? null : JsonValues.Texts(_communities.Select(user)),
        Interactions = HttpFacts.Read(_interactions, user),
    };
}
