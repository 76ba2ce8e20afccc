namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>The fields to ask for. Names go into queries as they are, so nothing but a name is taken.</summary>
internal sealed class SalesforceFields
{
    private const int MaxNameLength = 80;

    private static readonly string[] s_contact =
    [
        "Email", "Birthdate", "Title", "Department", "MailingCity", "MailingState", "MailingCountry", "MailingAddress", "LeadSource", "DoNotCall", "HasOptedOutOfEmail",
        "AccountId", "OwnerId", "CreatedDate", "LastActivityDate",
    ];

    private static readonly string[] s_account = ["Name", "Industry", "NumberOfEmployees", "AnnualRevenue", "Rating"];
    private static readonly string[] s_opportunity = ["Id", "Amount", "StageName", "IsWon", "IsClosed", "CloseDate", "Type", "LeadSource"];
    private static readonly string[] s_lineItem = ["OpportunityId", "TotalPrice", "Product2Id", "Product2.Family"];

    /// <exception cref="ArgumentException">A configured name is none.</exception>
    public SalesforceFields(SalesforceOptions options, SalesforceLookup lookup)
    {
        string[] configured =
        [
            lookup.Field, options.GenderField, options.IncomeField, options.EducationField, options.MaritalStatusField, options.InterestsField, options.LeadScoreField,
            options.XUsernameField, options.FacebookIdField, .. options.ContextualFields.Values,
        ];
        ThrowIfNoName([.. configured.Where(name => name.Length > 0), options.ProductField, .. options.OmittedFields]);
        var asked = s_contact.Except(options.OmittedFields, StringComparer.OrdinalIgnoreCase);
        string[] currency = options.MultiCurrency ? ["CurrencyIsoCode"] : [];
        Contact = [.. new[] { "Id", "SystemModstamp" }.Concat(asked).Concat(configured).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        ContactWithAccount = options.Capabilities.Contains(SalesforceCapability.Company) ? [.. Contact, .. s_account.Select(name => "Account." + name)] : Contact;
        Account = ["Id", .. s_account];
        Opportunity = [.. s_opportunity, .. currency];
        LineItem = options.ProductField == "Id"
            ? [.. s_lineItem, .. currency]
            : [.. s_lineItem.Append("Product2." + options.ProductField).Distinct(StringComparer.OrdinalIgnoreCase), .. currency];
    }

    public IReadOnlyList<string> Contact { get; }

    /// <summary>Gets the contact's fields and its account's, which only queries can reach.</summary>
    public IReadOnlyList<string> ContactWithAccount { get; }

    public IReadOnlyList<string> Account { get; }

    public IReadOnlyList<string> Opportunity { get; }

    public IReadOnlyList<string> LineItem { get; }

    private static void ThrowIfNoName(IEnumerable<string> names)
    {
        if (!names.All(name => name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            throw new ArgumentException("a field's name is 1 to 80 letters, digits and underscores, and starts with a letter");
        }
    }
}
