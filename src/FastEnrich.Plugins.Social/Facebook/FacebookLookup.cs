namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Says whom the API is asked for.</summary>
internal sealed class FacebookLookup(string lookupBy)
{
    private const string TokenOwner = "me";
    private const string Identity = "facebook_id";

    private readonly bool _byToken = lookupBy == "token";

    public IReadOnlyCollection<string> Identities => _byToken ? [] : [Identity];

    /// <summary>Returns the path of a request's user, or <see langword="null"/> when no user of Facebook can have such an id.</summary>
    public string? PathOf(EnrichmentRequest request)
    {
        var id = _byToken ? TokenOwner : request.Identities.GetValueOrDefault(Identity, request.UserId);
        return _byToken || FacebookIds.IsValid(id) ? id : null;
    }

    /// <summary>Says whether a missing answer is the fault of the request: it names nobody, so it says nothing of the user.</summary>
    public bool LacksIdentity(EnrichmentRequest request) => !_byToken && !request.Identities.ContainsKey(Identity);

    /// <summary>Says whether a node is the one that was asked for: nobody gets what belongs to somebody else.</summary>
    public bool IsAnswer(string path, string? id) => FacebookIds.IsValid(id) && (_byToken || id == path);
}
