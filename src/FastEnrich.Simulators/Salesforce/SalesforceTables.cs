using System.Collections.Concurrent;

namespace FastEnrich.Simulators;

/// <summary>Runs queries over the population. Every query must name what it is about: nobody has all of an organization's rows in memory. Thread-safe.</summary>
internal sealed class SalesforceTables(SimulatedPopulation population, SalesforceRecords records)
{
    private readonly ConcurrentDictionary<string, SalesforceRow> _samples = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the rows of a query, in order.</summary>
    /// <exception cref="SoqlException">The query is refused.</exception>
    public IReadOnlyList<SalesforceQueryRow> Run(SoqlQuery query) =>
        [.. Rows(query).Select(row => new SalesforceQueryRow(row, query, [.. query.Children.Select(child => (child, Children(row, child)))]))];

    public SalesforceRow? ContactById(string id) => Contact(population.FindBySalesforceId(id));

    public SalesforceRow? ContactByExternalId(string value) => Contact(population.FindById(value));

    private SalesforceRow? Contact(SimulatedUser? user) => IsKnown(user) ? records.Contact(user!) : null;

    private static bool IsKnown(SimulatedUser? user) => user?.KnownTo.Contains(SimulatedSystem.Salesforce) ?? false;

    private List<SalesforceRow> Rows(SoqlQuery query)
    {
        ThrowIfUnknown(query);
        var values = query.Where.Select(condition => (condition.Field, Values: condition.Among is null ? condition.Values : Column(condition.Among))).ToList();
        var source = values.Select(condition => Source(query.From, condition.Field, condition.Values)).FirstOrDefault(rows => rows is not null)
            ?? throw SoqlException.Malformed($"this server cannot look {query.From} up by such conditions");
        var rows = source.DistinctBy(row => row.Id).Where(row => values.All(condition => condition.Values.Any(value => Matches(row.Value(condition.Field), value))));
        return query.OrderBy is not { } order ? [.. rows]
            : query.Descending ? [.. rows.OrderByDescending(row => row.Value(order), Comparer<object?>.Create(Compare))]
            : [.. rows.OrderBy(row => row.Value(order), Comparer<object?>.Create(Compare))];
    }

    /// <summary>Finds the rows that can have one of the values; <see langword="null"/> when the field leads to none.</summary>
    private IEnumerable<SalesforceRow>? Source(string from, string field, IReadOnlyList<object> values)
    {
        var texts = values.OfType<string>();
        return (from.ToLowerInvariant(), field.ToLowerInvariant()) switch
        {
            ("contact", "id") => texts.Select(ContactById).OfType<SalesforceRow>(),
            ("contact", "email") => texts.Select(text => Contact(population.FindByEmail(text))).OfType<SalesforceRow>(),
            ("contact", "customer_id__c") => texts.Select(ContactByExternalId).OfType<SalesforceRow>(),
            ("account", "id") => texts.Select(SalesforceRecords.Account).OfType<SalesforceRow>(),
            ("opportunitycontactrole", "contactid") => Users(texts).SelectMany(user => user.Deals.Select((_, deal) => SalesforceRecords.Role(user, deal))),
            ("opportunity", "id") => Deals(texts).Select(found => records.Opportunity(found.User, found.Deal)),
            ("opportunitylineitem", "opportunityid") => Deals(texts).Select(found => records.LineItem(found.User, found.Deal)),
            ("case", "contactid") => Users(texts).SelectMany(records.Cases),
            ("task", "whoid") => Users(texts).SelectMany(records.Tasks),
            ("event", "whoid") => Users(texts).SelectMany(records.Events),
            _ => null,
        };
    }

    private IEnumerable<SimulatedUser> Users(IEnumerable<string> contacts) => contacts.Select(population.FindBySalesforceId).Where(IsKnown).OfType<SimulatedUser>();

    private IEnumerable<(SimulatedUser User, int Deal)> Deals(IEnumerable<string> opportunities) =>
        opportunities.Select(SalesforceRecords.OpportunityOf).OfType<(int User, int Deal)>()
            .Where(found => found.User < population.Count)
            .Select(found => (User: population.GetUser(found.User), found.Deal))
            .Where(found => IsKnown(found.User) && found.Deal < found.User.Deals.Count);

    private List<object> Column(SoqlQuery query) =>
        query.Fields is [var field] && query.Children.Count == 0
            ? [.. Rows(query).Select(row => row.Value(field)).OfType<object>()]
            : throw SoqlException.Malformed("a semi-join selects one field");

    private IReadOnlyList<SalesforceRow> Children(SalesforceRow row, SoqlQuery child)
    {
        if (row.Type != "Opportunity" || !child.From.Equals("OpportunityContactRoles", StringComparison.OrdinalIgnoreCase))
        {
            throw new SoqlException("INVALID_TYPE", $"Didn't understand relationship '{child.From}' in FROM part of query call.");
        }

        var (user, deal) = Deals([row.Id]).Single();
        var role = SalesforceRecords.Role(user, deal);
        return child.Where.All(condition => condition.Values.Any(value => Matches(role.Value(condition.Field), value))) ? [role] : [];
    }

    /// <summary>Names are checked against any record of the object, so that a query without rows is refused too.</summary>
    private void ThrowIfUnknown(SoqlQuery query)
    {
        var sample = Sample(query.From);
        foreach (var path in query.Fields.Concat(query.Where.Select(condition => condition.Field)).Concat(query.OrderBy is { } order ? [order] : []))
        {
            if (sample.Value(path) is SalesforceRow)
            {
                throw new SoqlException("INVALID_FIELD", $"No such column '{path}' on entity '{query.From}'.");
            }
        }
    }

    /// <summary>Returns any record of an object, to know its fields by.</summary>
    public SalesforceRow Sample(string from) => _samples.TryGetValue(from, out var known) ? known : _samples[from] = MakeSample(from);

    private SalesforceRow MakeSample(string from)
    {
        var user = SimulatedUserFactory.Make(population.Seed, 0, "0");
        var deal = new SimulatedDeal
        {
            Id = "0",
            Product = PopulationWords.Products[0].Sku,
            Category = "",
            Quantity = 1,
            Amount = 0,
            Currency = "EUR",
            Stage = "closedwon",
            ClosedAt = default,
            Source = "",
        };
        user = user with { Deals = [deal] };
        return from.ToLowerInvariant() switch
        {
            "contact" => records.Contact(user),
            "account" => SalesforceRecords.Account(SalesforceIds.Make("001", 0))!,
            "opportunity" => records.Opportunity(user, 0),
            "opportunitycontactrole" => SalesforceRecords.Role(user, 0),
            "opportunitylineitem" => records.LineItem(user, 0),
            "case" => SampleOf(records.Cases),
            "task" => SampleOf(records.Tasks),
            "event" => SampleOf(records.Events),
            _ => throw new SoqlException("INVALID_TYPE", $"sObject type '{from}' is not supported."),
        };
    }

    private SalesforceRow SampleOf(Func<SimulatedUser, IEnumerable<SalesforceRow>> rows) =>
        Enumerable.Range(0, 100).SelectMany(index => rows(SimulatedUserFactory.Make(population.Seed, index, "0"))).First();

    /// <summary>Texts are compared without their case; ids of 15 and 18 characters are the same.</summary>
    private static bool Matches(object? value, object literal) => (value, literal) switch
    {
        (string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase)
            || (text.Length == 18 && other.Length == 15 && text.StartsWith(other, StringComparison.Ordinal)),
        (bool flag, bool other) => flag == other,
        (decimal number, decimal other) => number == other,
        (null, _) => false,
        _ => throw new SoqlException("INVALID_FIELD", "value of filter criterion for field must be of another type and should not be enclosed in quotes"),
    };

    private static int Compare(object? left, object? right) =>
        left is null ? (right is null ? 0 : -1) : right is null ? 1 : left is string text ? string.CompareOrdinal(text, (string)right) : ((IComparable)left).CompareTo(right);
}
