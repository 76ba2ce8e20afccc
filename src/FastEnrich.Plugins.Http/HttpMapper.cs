using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http;

/// <summary>Maps a user of an answer by the configured paths. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed class HttpMapper
{
    private readonly HttpDemographicsMapper? _demographics;
    private readonly HttpSocialMapper? _social;
    private readonly HttpBehaviorMapper? _behavior;
    private readonly JsonPath? _interests;
    private readonly KeyValuePair<string, JsonPath>[] _context;
    private readonly KeyValuePair<string, JsonPath>[] _identities;
    private readonly double _confidence;
    private readonly string _source;
    private readonly TimeProvider _timeProvider;

    public HttpMapper(HttpOptions options, string source, TimeProvider timeProvider, ICollection<string> errors)
    {
        var paths = new HttpFieldPaths(errors);
        var fields = options.Fields;
        _demographics = fields.Demographics is { } demographics ? new HttpDemographicsMapper(demographics, paths) : null;
        _social = fields.SocialConnections is { } social ? new HttpSocialMapper(social, paths) : null;
        _behavior = fields.BehaviorPatterns is { } behavior ? new HttpBehaviorMapper(behavior, paths) : null;
        _interests = paths.Optional(fields.Interests, "fields:interests");
        _context = paths.Map(fields.ContextualData, "fields:contextual_data");
        _identities = paths.Map(fields.Identities, "fields:identities");
        foreach (var (name, _) in _identities.Where(static identity => !HttpIdentities.All.Contains(identity.Key)))
        {
            errors.Add($"fields:identities:{name}: no identity that plugins exchange; these are {string.Join(", ", HttpIdentities.All)}");
        }

        _confidence = options.Confidence;
        _source = source;
        _timeProvider = timeProvider;
    }

    public IReadOnlyCollection<string> Identities => [.. _identities.Select(static identity => identity.Key)];

    public (UserEnrichment Enrichment, IReadOnlyDictionary<string, string> Identities) Map(JsonElement user, TimeSpan? ttl)
    {
        var now = _timeProvider.GetUtcNow();
        var enrichment = new UserEnrichment
        {
            Demographics = _demographics?.Map(user, DateOnly.FromDateTime(now.UtcDateTime)),
            Interests = _interests is null ? null : JsonValues.Texts(_interests.Select(user)),
            SocialConnections = _social?.Map(user),
            BehaviorPatterns = _behavior?.Map(user),
            ContextualData = HttpFacts.Read(_context, user),
            Confidence = _confidence,
            Source = _source,
            Timestamp = now,
            Ttl = ttl,
        };
        return (enrichment, IdentitiesOf(user));
    }

    private Dictionary<string, string> IdentitiesOf(JsonElement user)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in _identities)
        {
            if (JsonValues.Text(path.First(user)) is { } value && UserId.Validate(value) is null)
            {
                identities[name] = value;
            }
        }

        return identities;
    }
}
