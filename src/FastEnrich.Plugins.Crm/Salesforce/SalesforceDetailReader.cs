namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Reads what belongs to contacts, for all of them at once. Thread-safe.</summary>
internal sealed class SalesforceDetailReader(SalesforceQueries queries, SalesforceFields fields, IReadOnlyCollection<SalesforceCapability> capabilities)
{
    private const string Accounts = "read_accounts";
    private const string Opportunities = "read_opportunities";
    private const string LineItems = "read_line_items";
    private const string Cases = "read_cases";
    private const string Tasks = "read_tasks";
    private const string Events = "read_events";

    /// <summary>Gets as how many requests one reading usually counts.</summary>
    public int UsualRequests { get; } =
        (capabilities.Contains(SalesforceCapability.Company) ? 1 : 0)
        + (capabilities.Contains(SalesforceCapability.PurchaseHistory) ? 1 : 0)
        + (capabilities.Contains(SalesforceCapability.PurchaseHistory) && capabilities.Contains(SalesforceCapability.LineItems) ? 1 : 0)
        + (capabilities.Contains(SalesforceCapability.InteractionTracking) ? 3 : 0);

    public async ValueTask<SalesforceDetails> ReadAsync(IReadOnlyCollection<SalesforceRecord> contacts, CancellationToken cancellationToken)
    {
        var asked = Queries(contacts).ToList();
        if (asked.Count == 0)
        {
            return SalesforceDetails.None;
        }

        var answers = await queries.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        var rows = asked.Zip(answers).SelectMany(pair => pair.Second, (pair, row) => (pair.First.Operation, Row: row)).ToLookup(entry => entry.Operation, entry => entry.Row);
        return new SalesforceDetails
        {
            Accounts = rows[Accounts].Where(row => row.Id is not null).DistinctBy(row => row.Id).ToDictionary(row => row.Id!, StringComparer.Ordinal),
            Opportunities = rows[Opportunities].DistinctBy(row => row.Id).SelectMany(Roles, (row, contact) => (contact, row)).ToLookup(pair => pair.contact, pair => pair.row),
            LineItems = By("OpportunityId", rows[LineItems]),
            Cases = By("ContactId", rows[Cases]),
            Tasks = By("WhoId", rows[Tasks]),
            Events = By("WhoId", rows[Events]),
        };
    }

    private static ILookup<string, SalesforceRecord> By(string reference, IEnumerable<SalesforceRecord> rows) =>
        rows.Where(row => row.Reference(reference) is not null).ToLookup(row => row.Reference(reference)!);

    /// <summary>The contacts with a role in an opportunity, each once although it may have several.</summary>
    private static IEnumerable<string> Roles(SalesforceRecord opportunity)
    {
        var roles = opportunity.Child("OpportunityContactRoles")?.Children("records") ?? [];
        return roles.Select(role => role.Reference("ContactId")).OfType<string>().Distinct();
    }

    private IEnumerable<SalesforceQuery> Queries(IReadOnlyCollection<SalesforceRecord> contacts)
    {
        List<string> ids = [.. contacts.Select(contact => contact.Id!).Distinct().Select(Soql.Text)];
        IEnumerable<SalesforceQuery> asked = [];
        if (capabilities.Contains(SalesforceCapability.Company))
        {
            var accounts = contacts
                .Where(contact => contact.Child("Account") is null)
                .Select(contact => contact.Reference("AccountId"))
                .OfType<string>()
                .Distinct()
                .Select(Soql.Text);
            asked = asked.Concat(SalesforceQuery.Over(Accounts, accounts, list => $"SELECT {string.Join(',', fields.Account)} FROM Account WHERE Id IN {list}"));
        }

        if (capabilities.Contains(SalesforceCapability.PurchaseHistory))
        {
            asked = asked.Concat(SalesforceQuery.Over(Opportunities, ids, OpportunitiesOf, uses: 2));
            asked = capabilities.Contains(SalesforceCapability.LineItems) ? asked.Concat(SalesforceQuery.Over(LineItems, ids, LineItemsOf)) : asked;
        }

        if (capabilities.Contains(SalesforceCapability.InteractionTracking))
        {
            asked = asked
                .Concat(SalesforceQuery.Over(Cases, ids, list =>
                    $"SELECT ContactId,Origin,CreatedDate,ClosedDate,IsClosed,IsEscalated FROM Case WHERE ContactId IN {list} ORDER BY CreatedDate DESC"))
                .Concat(SalesforceQuery.Over(Tasks, ids, list =>
                    $"SELECT WhoId,TaskSubtype,CreatedDate,CompletedDateTime,IsClosed FROM Task WHERE WhoId IN {list} ORDER BY CreatedDate DESC"))
                .Concat(SalesforceQuery.Over(Events, ids, list => $"SELECT WhoId,StartDateTime FROM Event WHERE WhoId IN {list} ORDER BY StartDateTime DESC"));
        }

        return asked;
    }

    /// <summary>The inner list brings back whose each opportunity is, and nobody's roles but those asked for.</summary>
    private string OpportunitiesOf(string contacts) =>
        $"SELECT {string.Join(',', fields.Opportunity)},(SELECT ContactId FROM OpportunityContactRoles WHERE ContactId IN {contacts}) FROM Opportunity "
        + $"WHERE Id IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN {contacts}) ORDER BY CloseDate DESC";

    private string LineItemsOf(string contacts) =>
        $"SELECT {string.Join(',', fields.LineItem)} FROM OpportunityLineItem "
        + $"WHERE Opportunity.IsWon = true AND OpportunityId IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN {contacts})";
}
