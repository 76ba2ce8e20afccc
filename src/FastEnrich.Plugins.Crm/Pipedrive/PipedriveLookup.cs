using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Says what a user is looked up by, and whether a person is that user.</summary>
internal sealed class PipedriveLookup
{
    private const int MaxTermLength = 255; // what a text field of Pipedrive holds

    public PipedriveLookup(string lookupBy)
    {
        ById = lookupBy == "id";
        ByEmail = lookupBy == "email";
        Field = ById || ByEmail ? null : lookupBy;
        Identities = ById ? ["pipedrive_id"] : ByEmail ? ["email"] : [];
        Comparer = ByEmail ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    }

    public bool ById { get; }

    public bool ByEmail { get; }

    /// <summary>Gets the key of the custom field that holds the user id; <see langword="null"/> for the other lookups.</summary>
    public string? Field { get; }

    public IReadOnlyCollection<string> Identities { get; }

    public StringComparer Comparer { get; }

    /// <summary>Returns what to ask for, or <see langword="null"/> when no person can have it: one impossible id would fail the whole batch it is part of.</summary>
    public string? KeyOf(EnrichmentRequest request)
    {
        if (ById)
        {
            return PipedriveIds.Checked(request.Identities.GetValueOrDefault("pipedrive_id", request.UserId));
        }

        if (ByEmail)
        {
            var email = request.Identities.GetValueOrDefault("email", request.UserId);
            return Email.IsAddress(email) ? email : null;
        }

        var id = request.UserId;
        return id.Length <= MaxTermLength && id.AsSpan().Trim().Length == id.Length && !id.Any(char.IsControl) ? id : null;
    }

    /// <summary>Says whether a missing answer is the fault of the request: it names nothing to look up, so it says nothing of the user.</summary>
    public bool LacksIdentity(EnrichmentRequest request) => ByEmail && !request.Identities.ContainsKey("email") && !Email.IsAddress(request.UserId);

    /// <summary>Says whether a person really has what was searched for: the search reads loosely, and an index may be late.</summary>
    public bool Matches(PipedriveRecord person, string key) =>
        ById
        || (ByEmail ? PipedriveEmails.Of(person).Contains(key, StringComparer.OrdinalIgnoreCase) : HasFieldValue(person, key));

    private bool HasFieldValue(PipedriveRecord person, string key)
    {
        var value = PipedriveFields.Of(person, Field!);
        return value.ValueKind switch
        {
            JsonValueKind.String => RawText.Read(value) == key,
            JsonValueKind.Number => value.GetRawText() == key,
            JsonValueKind.Object => PipedriveFields.TextOf(value) == key,
            _ => false,
        };
    }
}
