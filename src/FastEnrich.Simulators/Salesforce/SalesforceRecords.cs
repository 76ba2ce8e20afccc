using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>The population as Salesforce stores it. A field that is not here does not exist.</summary>
internal sealed class SalesforceRecords(long seed, bool multiCurrency)
{
    public const string ExternalIdField = "Customer_Id__c";

    private const int DealsPerUser = 8; // of ids, as many as a user can have
    private const string Owner = "0055e000001kXyzAAE";

    private static readonly string[] s_origins = ["Phone", "Email", "Web"];
    private static readonly string[] s_subtypes = ["Call", "Email", "Task"];

    public static string ContactId(int user) => SalesforceIds.Make("003", SimulatedPopulation.FirstSalesforceNumber + user);

    /// <summary>Returns whose an opportunity is, and which of theirs.</summary>
    public static (int User, int Deal)? OpportunityOf(string id) =>
        SalesforceIds.NumberOf("006", id) is { } number && number / DealsPerUser <= int.MaxValue ? ((int)(number / DealsPerUser), (int)(number % DealsPerUser)) : null;

    /// <summary>Makes an account by its id; <see langword="null"/> when there is none.</summary>
    public static SalesforceRow? Account(string id) =>
        SalesforceIds.NumberOf("001", id) is { } number && number < PopulationWords.Companies.Length ? Account((int)number) : null;

    public SalesforceRow Contact(SimulatedUser user)
    {
        var account = Array.FindIndex(PopulationWords.Companies, company => company.Name == user.Company);
        return new SalesforceRow("Contact", user.SalesforceId)
        {
            ["FirstName"] = user.FirstName,
            ["LastName"] = user.LastName,
            ["Name"] = $"{user.FirstName} {user.LastName}",
            ["Email"] = user.Email,
            ["Phone"] = null,
            ["Birthdate"] = user.BirthDate,
            ["GenderIdentity"] = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(user.Gender),
            ["Title"] = user.JobTitle,
            ["Department"] = user.Index % 3 == 0 ? "Procurement" : null,
            ["MailingCity"] = user.City.Name,
            ["MailingState"] = user.City.State,
            ["MailingCountry"] = user.City.Country,
            ["MailingPostalCode"] = null,
            ["MailingStreet"] = null,
            ["MailingAddress"] = Address(user.City, codes: user.Index % 2 == 0),
            ["LeadSource"] = LeadSource(user.Source),
            ["DoNotCall"] = user.Index % 7 == 3,
            ["HasOptedOutOfEmail"] = user.Index % 11 == 5,
            ["AccountId"] = SalesforceIds.Make("001", account),
            ["Account"] = Account(account),
            ["OwnerId"] = Owner,
            ["IsDeleted"] = false,
            ["CreatedDate"] = user.CreatedAt,
            ["LastModifiedDate"] = user.LastVisitAt,
            ["SystemModstamp"] = user.LastVisitAt,
            ["LastActivityDate"] = DateOnly.FromDateTime(user.LastVisitAt.UtcDateTime),
            [ExternalIdField] = user.Id,
            ["Interests__c"] = user.Interests.Count > 0 ? string.Join(';', user.Interests) : null,
            ["Lead_Score__c"] = (decimal)user.LeadScore,
            ["Education__c"] = user.Degree is null ? null : $"{user.Degree}, {user.FieldOfStudy}",
            ["Marital_Status__c"] = user.MaritalStatus,
            ["Lifecycle_Stage__c"] = user.LifecycleStage,
            ["X_Username__c"] = user.XUsername,
            ["Facebook_Id__c"] = user.FacebookId,
        };
    }

    public SalesforceRow Opportunity(SimulatedUser user, int deal)
    {
        var made = user.Deals[deal];
        var (won, closed) = (made.Stage == "closedwon", made.Stage is "closedwon" or "closedlost");
        return WithCurrency(new SalesforceRow("Opportunity", OpportunityId(user, deal))
        {
            ["Name"] = made.Product,
            ["Amount"] = made.Amount,
            ["StageName"] = won ? "Closed Won" : closed ? "Closed Lost" : "Negotiation/Review",
            ["IsWon"] = won,
            ["IsClosed"] = closed,
            ["CloseDate"] = DateOnly.FromDateTime(made.ClosedAt.UtcDateTime),
            ["Type"] = deal == 0 ? "New Customer" : "Existing Customer - Upgrade",
            ["LeadSource"] = LeadSource(made.Source),
            ["SystemModstamp"] = made.ClosedAt,
        }, made.Currency);
    }

    public SalesforceRow LineItem(SimulatedUser user, int deal)
    {
        var made = user.Deals[deal];
        var sku = Array.FindIndex(PopulationWords.Products, product => product.Sku == made.Product);
        var product = SalesforceIds.Make("01t", sku);
        return WithCurrency(new SalesforceRow("OpportunityLineItem", SalesforceIds.Make("00k", Number(user, deal)))
        {
            ["OpportunityId"] = OpportunityId(user, deal),
            ["Opportunity"] = Opportunity(user, deal),
            ["Quantity"] = (decimal)made.Quantity,
            ["TotalPrice"] = made.Amount,
            ["Product2Id"] = product,
            ["Product2"] = new SalesforceRow("Product2", product) { ["Name"] = made.Product, ["ProductCode"] = made.Product, ["Family"] = made.Category },
        }, made.Currency);
    }

    public static SalesforceRow Role(SimulatedUser user, int deal) => new("OpportunityContactRole", SalesforceIds.Make("00K", Number(user, deal)))
    {
        ["ContactId"] = user.SalesforceId,
        ["OpportunityId"] = OpportunityId(user, deal),
        ["IsPrimary"] = true,
    };

    public IEnumerable<SalesforceRow> Cases(SimulatedUser user) => Of(user, "500", "Case", 3, (row, random, at) =>
    {
        var closed = random.Chance(0.7);
        row["ContactId"] = user.SalesforceId;
        row["Origin"] = random.Pick(s_origins);
        row["CreatedDate"] = at;
        row["IsClosed"] = closed;
        row["ClosedDate"] = closed ? at.AddHours(20) : null;
        row["IsEscalated"] = random.Chance(0.2);
    });

    public IEnumerable<SalesforceRow> Tasks(SimulatedUser user) => Of(user, "00T", "Task", 4, (row, random, at) =>
    {
        row["WhoId"] = user.SalesforceId;
        row["TaskSubtype"] = random.Pick(s_subtypes);
        row["CreatedDate"] = at;
        row["CompletedDateTime"] = random.Chance(0.5) ? at.AddHours(2) : null;
        row["IsClosed"] = true;
    });

    public IEnumerable<SalesforceRow> Events(SimulatedUser user) => Of(user, "00U", "Event", 2, (row, _, at) =>
    {
        row["WhoId"] = user.SalesforceId;
        row["StartDateTime"] = at;
        row["CreatedDate"] = at.AddDays(-3);
    });

    private static string OpportunityId(SimulatedUser user, int deal) => SalesforceIds.Make("006", Number(user, deal));

    private static long Number(SimulatedUser user, int deal) => ((long)user.Index * DealsPerUser) + deal;

    private static SalesforceRow Account(int company) => new("Account", SalesforceIds.Make("001", company))
    {
        ["Name"] = PopulationWords.Companies[company].Name,
        ["Industry"] = PopulationWords.Companies[company].Industry,
        ["NumberOfEmployees"] = 20 * (company + 1),
        ["AnnualRevenue"] = 1_000_000m * (company + 1),
        ["Rating"] = company % 3 == 0 ? "Hot" : company % 3 == 1 ? "Warm" : null,
    };

    private static Dictionary<string, string?> Address(SimulatedCity city, bool codes) => new(StringComparer.Ordinal)
    {
        ["city"] = city.Name,
        ["country"] = city.Country,
        ["countryCode"] = codes ? city.CountryCode : null, // organizations without lists of countries have none
        ["geocodeAccuracy"] = null,
        ["latitude"] = null,
        ["longitude"] = null,
        ["postalCode"] = null,
        ["state"] = city.State,
        ["stateCode"] = null,
        ["street"] = null,
    };

    private static string LeadSource(string source) => source switch
    {
        "PAID_SEARCH" => "Advertisement",
        "EMAIL_MARKETING" => "Email",
        "SOCIAL_MEDIA" => "Social Media",
        "REFERRALS" => "External Referral",
        "OFFLINE" => "Trade Show",
        _ => "Web",
    };

    private SalesforceRow WithCurrency(SalesforceRow row, string currency)
    {
        if (multiCurrency)
        {
            row["CurrencyIsoCode"] = currency;
        }

        return row;
    }

    /// <summary>Makes a user's rows of one object from a stream of their own, so that a new object changes no other.</summary>
    private IEnumerable<SalesforceRow> Of(SimulatedUser user, string prefix, string type, int most, Action<SalesforceRow, SeededRandom, DateTimeOffset> fill)
    {
        var random = new SeededRandom(seed ^ prefix.Sum(c => c * 31L), user.Index);
        var minutes = Math.Max(1, (int)(user.LastVisitAt - user.CreatedAt).TotalMinutes);
        var count = random.Below(most + 1);
        for (var i = 0; i < count; i++)
        {
            var row = new SalesforceRow(type, SalesforceIds.Make(prefix, ((long)user.Index * DealsPerUser) + i));
            fill(row, random, user.CreatedAt.AddMinutes(random.Below(minutes)));
            yield return row;
        }
    }
}
