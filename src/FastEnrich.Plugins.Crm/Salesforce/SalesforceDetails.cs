namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>What was read beside contacts, by the contact's id and the opportunity's. Immutable.</summary>
internal sealed class SalesforceDetails
{
    private static readonly ILookup<string, SalesforceRecord> s_none = Array.Empty<SalesforceRecord>().ToLookup(static _ => "");

    public static SalesforceDetails None { get; } = new();

    /// <summary>Gets the accounts by their id.</summary>
    public IReadOnlyDictionary<string, SalesforceRecord> Accounts { get; init; } = new Dictionary<string, SalesforceRecord>();

    /// <summary>Gets the opportunities in which each contact has a role.</summary>
    public ILookup<string, SalesforceRecord> Opportunities { get; init; } = s_none;

    /// <summary>Gets the products of each opportunity.</summary>
    public ILookup<string, SalesforceRecord> LineItems { get; init; } = s_none;

    public ILookup<string, SalesforceRecord> Cases { get; init; } = s_none;

    public ILookup<string, SalesforceRecord> Tasks { get; init; } = s_none;

    public ILookup<string, SalesforceRecord> Events { get; init; } = s_none;
}
