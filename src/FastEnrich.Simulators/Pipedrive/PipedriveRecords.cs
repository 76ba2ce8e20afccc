using System.Globalization;
using System.Text.Json.Nodes;

namespace FastEnrich.Simulators;

/// <summary>The population as Pipedrive stores it: one owner, an organization for each company, a pipeline for each category.</summary>
internal static class PipedriveRecords
{
    private const int Owner = 1;
    private const int ActivitiesPerUser = 8;

    private static readonly string[] s_genders = ["female", "male", "non-binary"];
    private static readonly string[] s_labels = ["Customer", "Hot lead", "Warm lead", "Cold lead"];
    private static readonly string[] s_activityTypes = ["call", "meeting", "email", "call", "task", "lunch"];
    private static readonly string[] s_categories = [.. PopulationWords.Products.Select(static product => product.Category).Distinct()];
    private static readonly string[] s_channels = [.. PopulationWords.Sources.Distinct()];

    public static readonly string[] PersonExtras =
    [
        "next_activity_id", "last_activity_id", "open_deals_count", "related_open_deals_count", "closed_deals_count", "related_closed_deals_count",
        "participant_open_deals_count", "participant_closed_deals_count", "email_messages_count", "activities_count", "done_activities_count",
        "undone_activities_count", "files_count", "notes_count", "followers_count", "won_deals_count", "related_won_deals_count", "lost_deals_count",
        "related_lost_deals_count", "last_incoming_mail_time", "last_outgoing_mail_time", "marketing_status", "doi_status", "smart_bcc_email",
    ];

    public static JsonObject Person(SimulatedUser user) => new()
    {
        ["id"] = Id(user.Id),
        ["name"] = $"{user.FirstName} {user.LastName}",
        ["first_name"] = user.FirstName,
        ["last_name"] = user.LastName,
        ["owner_id"] = Owner,
        ["org_id"] = OrganizationOf(user),
        ["add_time"] = Time(user.CreatedAt),
        ["update_time"] = Time(user.LastVisitAt),
        ["emails"] = new JsonArray(new JsonObject { ["value"] = user.Email, ["primary"] = true, ["label"] = "work" }),
        ["phones"] = new JsonArray(),
        ["is_deleted"] = false,
        ["visible_to"] = 3,
        ["label_ids"] = new JsonArray(LabelOf(user) is { } label ? [label] : []),
        ["picture_id"] = null,
        ["im"] = new JsonArray(),
        ["birthday"] = user.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["job_title"] = user.JobTitle,
        ["postal_address"] = Address(user.City),
    };

    /// <summary>Fields that come only to those who ask for them.</summary>
    public static JsonNode? Extra(SimulatedUser user, string name)
    {
        var activities = Activities(user);
        return name switch
        {
            "open_deals_count" => user.Deals.Count(static deal => StatusOf(deal) == "open"),
            "closed_deals_count" => user.Deals.Count(static deal => StatusOf(deal) != "open"),
            "won_deals_count" => user.Deals.Count(static deal => StatusOf(deal) == "won"),
            "lost_deals_count" => user.Deals.Count(static deal => StatusOf(deal) == "lost"),
            "email_messages_count" => user.EmailsDelivered,
            "activities_count" => activities.Count,
            "done_activities_count" => activities.Count(static activity => (bool)activity["done"]!),
            "undone_activities_count" => activities.Count(static activity => !(bool)activity["done"]!),
            "last_incoming_mail_time" => user.EmailsClicked > 0 ? Time(user.LastVisitAt.AddDays(-2)) : null,
            "last_outgoing_mail_time" => user.EmailsDelivered > 0 ? Time(user.LastVisitAt.AddDays(-1)) : null,
            "followers_count" => 1,
            _ when name.EndsWith("_count", StringComparison.Ordinal) => 0,
            _ => null,
        };
    }

    /// <summary>Options are numbers, unless their labels are asked for.</summary>
    public static JsonObject CustomFields(SimulatedUser user, bool labels) => new()
    {
        [PipedriveKeys.CustomerId] = user.Id,
        [PipedriveKeys.Gender] = Option(Array.IndexOf(s_genders, user.Gender) + 1, user.Gender, labels),
        [PipedriveKeys.Interests] = user.Interests.Count == 0
            ? null
            : new JsonArray([.. user.Interests.Select(interest => Option(Array.IndexOf(PopulationWords.Interests, interest) + 10, interest, labels))]),
        [PipedriveKeys.LeadScore] = user.LeadScore,
        [PipedriveKeys.MaritalStatus] = Option(Array.IndexOf(PopulationWords.MaritalStatuses, user.MaritalStatus) + 30, user.MaritalStatus, labels),
        [PipedriveKeys.Education] = user.Degree is null ? null : $"{user.Degree}, {user.FieldOfStudy}",
        [PipedriveKeys.XUsername] = user.XUsername,
        [PipedriveKeys.FacebookId] = user.FacebookId,
    };

    public static JsonArray Labels(SimulatedUser user) =>
        new(LabelOf(user) is { } label ? [new JsonObject { ["id"] = label, ["label"] = s_labels[label - 1] }] : []);

    public static JsonObject Deal(SimulatedDeal deal, SimulatedUser user)
    {
        var status = StatusOf(deal);
        var closed = status == "open" ? null : Time(deal.ClosedAt);
        return new JsonObject
        {
            ["id"] = Id(deal.Id),
            ["title"] = $"{deal.Product} order",
            ["owner_id"] = Owner,
            ["value"] = deal.Amount,
            ["person_id"] = Id(user.Id),
            ["org_id"] = OrganizationOf(user),
            ["stage_id"] = 1,
            ["pipeline_id"] = Array.IndexOf(s_categories, deal.Category) + 1,
            ["currency"] = deal.Currency,
            ["add_time"] = Time(deal.ClosedAt.AddDays(-14)),
            ["update_time"] = Time(deal.ClosedAt),
            ["status"] = status,
            ["is_archived"] = false,
            ["is_deleted"] = false,
            ["probability"] = status == "open" ? user.LeadScore : null,
            ["close_time"] = closed,
            ["won_time"] = status == "won" ? closed : null,
            ["lost_time"] = status == "lost" ? closed : null,
            ["label_ids"] = new JsonArray(),
            ["origin"] = "ManuallyCreated",
            ["channel"] = Array.IndexOf(s_channels, deal.Source) + 50,
            ["custom_fields"] = new JsonObject(),
        };
    }

    public static JsonObject DealProduct(SimulatedDeal deal) => new()
    {
        ["id"] = Id(deal.Id) + 1,
        ["deal_id"] = Id(deal.Id),
        ["product_id"] = ProductIdOf(deal),
        ["name"] = deal.Product,
        ["sum"] = deal.Amount,
        ["currency"] = deal.Currency,
        ["quantity"] = deal.Quantity,
        ["item_price"] = deal.Amount / deal.Quantity,
        ["is_enabled"] = true,
    };

    public static int ProductIdOf(SimulatedDeal deal) => Array.FindIndex(PopulationWords.Products, product => product.Sku == deal.Product) + 700;

    public static IReadOnlyList<JsonObject> Activities(SimulatedUser user) =>
    [
        .. Enumerable.Range(0, user.Index % ActivitiesPerUser).Select(number =>
        {
            var due = number == 0 ? SimulatedPopulation.Epoch.AddDays(7) : user.LastVisitAt.AddDays(-9 * number);
            return new JsonObject
            {
                ["id"] = 10_000_000 + ((long)user.Index * ActivitiesPerUser) + number,
                ["subject"] = $"Talk to {user.FirstName}",
                ["type"] = s_activityTypes[(user.Index + number) % s_activityTypes.Length],
                ["owner_id"] = Owner,
                ["is_deleted"] = false,
                ["person_id"] = Id(user.Id),
                ["due_date"] = due.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["due_time"] = due.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                ["update_time"] = Time(due),
                ["done"] = number > 0,
                ["marked_as_done_time"] = number > 0 ? Time(due.AddHours(1)) : null,
            };
        }),
    ];

    public static JsonObject? Organization(long id)
    {
        if (id < 1 || id > PopulationWords.Companies.Length)
        {
            return null;
        }

        return new JsonObject
        {
            ["id"] = id,
            ["name"] = PopulationWords.Companies[id - 1].Name,
            ["owner_id"] = Owner,
            ["address"] = Address(PopulationWords.Cities[id]),
            ["is_deleted"] = false,
            ["industry"] = id,
            ["employee_count"] = id * 12,
            ["custom_fields"] = new JsonObject(),
        };
    }

    public static IEnumerable<JsonObject> Pipelines() =>
        s_categories.Select(static (category, index) => new JsonObject { ["id"] = index + 1, ["name"] = category, ["is_deleted"] = false });

    public static IEnumerable<JsonObject> DealFields() =>
    [
        new JsonObject { ["field_name"] = "Title", ["field_code"] = "title", ["field_type"] = "varchar", ["options"] = null },
        new JsonObject
        {
            ["field_name"] = "Channel",
            ["field_code"] = "channel",
            ["field_type"] = "enum",
            ["options"] = new JsonArray([.. s_channels.Select(static (channel, index) => new JsonObject { ["id"] = index + 50, ["label"] = channel.ToLowerInvariant() })]),
        },
    ];

    public static string StatusOf(SimulatedDeal deal) => deal.Stage switch { "closedwon" => "won", "closedlost" => "lost", _ => "open" };

    private static int OrganizationOf(SimulatedUser user) => Array.FindIndex(PopulationWords.Companies, company => company.Name == user.Company) + 1;

    private static int? LabelOf(SimulatedUser user) => user.LifecycleStage switch
    {
        "customer" or "evangelist" => 1,
        "opportunity" => 2,
        "salesqualifiedlead" => 3,
        "lead" => 4,
        _ => null,
    };

    private static JsonNode Option(int id, string label, bool labels) => labels ? new JsonObject { ["id"] = id, ["label"] = label } : id;

    private static JsonObject Address(SimulatedCity city) => new()
    {
        ["value"] = $"Example Street 1, {city.Name}, {city.Country}",
        ["country"] = city.Country,
        ["admin_area_level_1"] = city.State,
        ["locality"] = city.Name,
        ["route"] = "Example Street",
        ["street_number"] = "1",
    };

    private static long Id(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
