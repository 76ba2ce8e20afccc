using System.Globalization;
using System.Text;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Says what a user is looked up by, and which contact of an answer is that user.</summary>
internal sealed class SalesforceLookup
{
    private const int MaxEmailLength = 80; // of a contact's e-mail field
    private const int MaxTextLength = 255; // of an external id field
    private const int MaxDigits = 15; // beyond, a double loses them

    private readonly bool _byId;
    private readonly bool _byEmail;
    private readonly bool _byNumber;

    public SalesforceLookup(string lookupBy, SalesforceIdType externalIdType)
    {
        _byId = lookupBy == "id";
        _byEmail = lookupBy == "email";
        _byNumber = !_byId && !_byEmail && externalIdType == SalesforceIdType.Number;
        Field = _byId ? "Id" : _byEmail ? "Email" : lookupBy;
        Identities = _byId ? ["salesforce_id"] : _byEmail ? ["email"] : [];
        Comparer = _byEmail ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    }

    /// <summary>Gets the contact's field that holds the key.</summary>
    public string Field { get; }

    public IReadOnlyCollection<string> Identities { get; }

    public StringComparer Comparer { get; }

    public bool ById => _byId;

    /// <summary>Returns what to ask for, or <see langword="null"/> when no contact can have it.</summary>
    public string? KeyOf(EnrichmentRequest request)
    {
        if (_byId)
        {
            return SalesforceIds.Contact(request.Identities.GetValueOrDefault("salesforce_id", request.UserId));
        }

        if (_byEmail)
        {
            var email = request.Identities.GetValueOrDefault("email", request.UserId);
            return IsEmail(email) ? email : null;
        }

        return _byNumber ? Number(request.UserId) : IsText(request.UserId) ? request.UserId : null;
    }

    /// <summary>Says whether a missing answer is the fault of the request: it names nothing to look up, so it says nothing of the user.</summary>
    public bool LacksIdentity(EnrichmentRequest request) =>
        Identities.Count > 0 && !Identities.Any(request.Identities.ContainsKey) && KeyOf(request) is null;

    /// <summary>Writes a key into SOQL.</summary>
    public string Literal(string key) => _byNumber ? key : Soql.Text(key);

    /// <summary>
    /// Says whether a path may carry the key without any server on the way reading it otherwise. Not with a dot: Salesforce takes what follows for a file's extension.
    /// </summary>
    public bool IsPathSafe(string key) =>
        !_byEmail && UpstreamUrl.IsSegment(key) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Returns the key that a contact answers to.</summary>
    public string? KeyOf(SalesforceRecord contact)
    {
        if (_byId)
        {
            return contact.Id;
        }

        return _byNumber && contact.Number(Field) is { } number && decimal.Truncate(number) == number
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : contact.Text(Field);
    }

    /// <summary>
    /// Finds the contact of each key. Of several with one e-mail address the one that changed last is taken; of several with one external id none, for taking one would be a guess.
    /// </summary>
    public Dictionary<string, SalesforceRecord> Select(IEnumerable<SalesforceRecord> contacts)
    {
        var found = new Dictionary<string, SalesforceRecord>(Comparer);
        foreach (var group in contacts.Where(IsUsable).GroupBy(contact => KeyOf(contact)!, Comparer))
        {
            var ids = group.DistinctBy(contact => contact.Id).ToList();
            if (_byEmail || ids.Count == 1)
            {
                found[group.Key] = ids.OrderByDescending(contact => contact.Time("SystemModstamp")).ThenByDescending(contact => contact.Id, StringComparer.Ordinal).First();
            }
        }

        return found;
    }

    /// <summary>Returns whether a contact can have this address.</summary>
    public static bool IsEmail(string? text) => text is { Length: <= MaxEmailLength } && Email.IsAddress(text);

    private bool IsUsable(SalesforceRecord contact) => contact.Id is not null && contact.Flag("IsDeleted") != true && KeyOf(contact) is not null;

    private static bool IsText(string text) => text.Length <= MaxTextLength && text.AsSpan().Trim().Length == text.Length && !text.Any(char.IsControl);

    /// <summary>One number has one text: without leading zeros or a plus.</summary>
    private static string? Number(string text) =>
        text.Length <= MaxDigits
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? text
            : null;
}
