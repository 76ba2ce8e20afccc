using System.Text;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Says what a user is looked up by, and which contact of an answer is that user.</summary>
internal sealed class HubSpotLookup
{

    private readonly bool _byId;
    private readonly bool _byEmail;

    public HubSpotLookup(string lookupBy)
    {
        _byId = lookupBy == "id";
        _byEmail = lookupBy == "email";
        IdProperty = _byId ? null : lookupBy;
        Identities = _byId ? ["hubspot_id"] : _byEmail ? ["email"] : [];
        Properties = _byId ? ["hs_merged_object_ids"] : _byEmail ? ["email", "hs_additional_emails"] : [lookupBy];
        Comparer = _byEmail ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    }

    /// <summary>Gets the unique property that the API looks contacts up by; <see langword="null"/> for the record id.</summary>
    public string? IdProperty { get; }

    public IReadOnlyCollection<string> Identities { get; }

    /// <summary>Gets the properties without which a contact could not be told from another one of the same answer.</summary>
    public IReadOnlyList<string> Properties { get; }

    public StringComparer Comparer { get; }

    /// <summary>
    /// Returns what to ask for, or <see langword="null"/> when no contact can have it: one impossible value would fail the whole batch it is part of.
    /// </summary>
    public string? KeyOf(EnrichmentRequest request)
    {
        if (_byId)
        {
            var id = request.Identities.GetValueOrDefault("hubspot_id", request.UserId);
            return RecordIds.IsValid(id) ? id : null;
        }

        if (_byEmail)
        {
            var email = request.Identities.GetValueOrDefault("email", request.UserId);
            return Email.IsAddress(email) ? email : null;
        }

        return request.UserId.AsSpan().Trim().Length == request.UserId.Length && !request.UserId.Any(char.IsControl) ? request.UserId : null;
    }

    /// <summary>Says whether a missing answer is the fault of the request: it names nothing to look up, so it says nothing of the user.</summary>
    public bool LacksIdentity(EnrichmentRequest request) => _byEmail && !request.Identities.ContainsKey("email") && !Email.IsAddress(request.UserId);

    /// <summary>Returns the keys that a contact answers to: its own, and those of records merged into it.</summary>
    public IEnumerable<string> KeysOf(HubSpotObject contact, HubSpotProperties properties)
    {
        if (_byId)
        {
            return properties.Parts("hs_merged_object_ids").Prepend(contact.Id!);
        }

        var own = properties.Text(IdProperty!);
        IEnumerable<string> keys = own is null ? [] : [own];
        return _byEmail ? keys.Concat(properties.Parts("hs_additional_emails")) : keys;
    }
}
