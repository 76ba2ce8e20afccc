using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Says what a user is looked up by, and which user of an answer it is.</summary>
internal sealed class XLookup
{
    private readonly string _identity;
    private readonly bool _byId;
    private readonly bool _useUserId;

    public XLookup(XOptions options)
    {
        _byId = options.LookupBy == "id";
        _identity = _byId ? "x_id" : "x_username";
        _useUserId = options.UseUserId;
        Identities = _useUserId ? [] : [_identity];
        Comparer = _byId ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase; // X keeps a username's case and ignores it
    }

    public IReadOnlyCollection<string> Identities { get; }

    public StringComparer Comparer { get; }

    /// <summary>Returns what to ask for, or <see langword="null"/> when nobody can have it: one impossible value would fail the whole batch it is part of.</summary>
    public string? KeyOf(EnrichmentRequest request)
    {
        var key = _useUserId ? request.UserId : request.Identities.GetValueOrDefault(_identity);
        return (_byId ? XKeys.IsId(key) : XKeys.IsUsername(key)) ? key : null;
    }

    /// <summary>Says whether a missing answer is the fault of the request: it names nothing to look up, so it says nothing of the user.</summary>
    public bool LacksIdentity(EnrichmentRequest request) => !_useUserId && !request.Identities.ContainsKey(_identity);

    public string? KeyOf(XUser user) => _byId ? XKeys.Id(user.Id) : XKeys.Username(user.Username);
}
