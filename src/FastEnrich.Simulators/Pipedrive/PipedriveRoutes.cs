using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers the routes over a population. Thread-safe.</summary>
internal sealed class PipedriveRoutes(SimulatedPopulation population)
{
    public const int SearchCost = 20;

    private static readonly string[] s_statuses = ["open", "won", "lost", "deleted"];

    public static string RouteOf(string method, string[] path) => (method, path) switch
    {
        ("GET", ["api", "v2", "persons", "search"]) => "persons_search",
        ("GET", ["api", "v2", "persons", _]) => "person",
        ("GET", ["api", "v2", "persons"]) => "persons",
        ("GET", ["api", "v2", "itemSearch", "field"]) => "item_search_field",
        ("GET", ["api", "v2", "deals"]) => "deals",
        ("GET", ["api", "v2", "deals", "products"]) => "deals_products",
        ("GET", ["api", "v2", "activities"]) => "activities",
        ("GET", ["api", "v2", "organizations", _]) => "organization",
        ("GET", ["api", "v2", "organizations"]) => "organizations",
        ("GET", ["api", "v2", "pipelines"]) => "pipelines",
        ("GET", ["api", "v2", "dealFields"]) => "deal_fields",
        ("GET", ["v1", "users", "me"]) or ("GET", ["api", "v1", "users", "me"]) => "me",
        ("POST", ["oauth", "token"]) => "token",
        _ => "unknown",
    };

    /// <summary>What a request takes from the day's budget, by the specification.</summary>
    public static int CostOf(string route) => route switch
    {
        "person" or "organization" => 1,
        "me" => 2,
        "pipelines" => 5,
        "persons_search" or "item_search_field" => SearchCost,
        "unknown" => 0,
        _ => 10,
    };

    public Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        var query = new PipedriveQuery(http);
        return route switch
        {
            "person" => PersonAsync(query, path[3]),
            "persons" => PersonsAsync(query),
            "persons_search" => SearchAsync(query),
            "item_search_field" => FieldSearchAsync(query),
            "deals" => DealsAsync(query),
            "deals_products" => ProductsAsync(query),
            "activities" => ActivitiesAsync(query),
            "organization" => PipedriveQuery.IsId(path[3]) ? query.RecordAsync(PipedriveRecords.Organization(PipedriveQuery.Id(path[3]))) : query.FailAsync("bad_request"),
            "organizations" => query.Ids("ids") is { } ids
                ? query.PageAsync([.. ids.Distinct().Order().Select(PipedriveRecords.Organization).OfType<JsonObject>()])
                : query.FailAsync("bad_request", "ids"),
            "pipelines" => query.PageAsync([.. PipedriveRecords.Pipelines()]),
            "deal_fields" => query.PageAsync([.. PipedriveRecords.DealFields()]),
            "me" => query.RecordAsync(new JsonObject { ["id"] = 1, ["name"] = "Me", ["default_currency"] = "EUR", ["is_you"] = true, ["company_id"] = 1 }),
            _ => query.FailAsync("no_route"),
        };
    }

    private SimulatedUser? Find(long id) => Known(population.FindById(id.ToString(CultureInfo.InvariantCulture)));

    private static SimulatedUser? Known(SimulatedUser? user) => user?.KnownTo.Contains(SimulatedSystem.Pipedrive) == true ? user : null;

    private Task PersonAsync(PipedriveQuery query, string id) =>
        !PipedriveQuery.IsId(id) || !IsValid(query)
            ? query.FailAsync("bad_request", "the id is not an integer")
            : query.RecordAsync(Find(PipedriveQuery.Id(id)) is { } user ? Person(query, user) : null);

    private Task PersonsAsync(PipedriveQuery query) =>
        query.Ids("ids") is { } ids && IsValid(query)
            ? query.PageAsync([.. ids.Distinct().Order().Select(Find).OfType<SimulatedUser>().Select(user => Person(query, user))]) // who does not exist is left out
            : query.FailAsync("bad_request", "ids, include_fields or custom_fields is invalid");

    private static bool IsValid(PipedriveQuery query) => query.List("include_fields").All(PipedriveRecords.PersonExtras.Contains) && query.CustomFields() is not null;

    private static JsonObject Person(PipedriveQuery query, SimulatedUser user)
    {
        var person = PipedriveRecords.Person(user);
        foreach (var name in query.List("include_fields"))
        {
            person[name] = PipedriveRecords.Extra(user, name);
        }

        if (query.Flag("include_labels"))
        {
            person["labels"] = PipedriveRecords.Labels(user);
        }

        var fields = PipedriveRecords.CustomFields(user, query.Flag("include_option_labels"));
        var asked = query.CustomFields()!;
        foreach (var key in asked.Length == 0 ? [] : fields.Select(static field => field.Key).Except(asked).ToList())
        {
            fields.Remove(key);
        }

        person["custom_fields"] = fields;
        return person;
    }

    private Task SearchAsync(PipedriveQuery query)
    {
        if (query["term"] is not { } term || term.Length < (query.Flag("exact_match") ? 1 : 2))
        {
            return query.FailAsync("bad_request", "term is too short");
        }

        return query.PageAsync(
            Known(population.FindByEmail(term)) is { } user
                ? [
                    new JsonObject
                    {
                        ["id"] = PipedriveQuery.Id(user.Id),
                        ["type"] = "person",
                        ["name"] = $"{user.FirstName} {user.LastName}",
                        ["emails"] = new JsonArray(user.Email),
                        ["phones"] = new JsonArray(),
                    },
                ]
                : [],
            search: true);
    }

    private Task FieldSearchAsync(PipedriveQuery query)
    {
        if (query["term"] is not { Length: > 0 } term || query["entity_type"] != "person" || query["field"] is not { } field || !PipedriveKeys.Searchable.Contains(field))
        {
            return query.FailAsync("bad_request", "term, entity_type or field is invalid");
        }

        var user = Known(field switch
        {
            PipedriveKeys.CustomerId => population.FindById(term),
            PipedriveKeys.XUsername => population.FindByXUsername(term),
            PipedriveKeys.FacebookId => population.FindByFacebookId(term),
            _ => null,
        });
        return query.PageAsync(user is null ? [] : [new JsonObject { ["id"] = PipedriveQuery.Id(user.Id), ["name"] = $"{user.FirstName} {user.LastName}" }]);
    }

    private Task DealsAsync(PipedriveQuery query)
    {
        var statuses = query.List("status");
        if (query["person_id"] is not { } id || !PipedriveQuery.IsId(id) || !statuses.All(s_statuses.Contains))
        {
            return query.FailAsync("bad_request", "person_id or status is invalid");
        }

        var deals = Find(PipedriveQuery.Id(id)) is { } user
            ? user.Deals.Where(deal => statuses.Length == 0 || statuses.Contains(PipedriveRecords.StatusOf(deal))).Select(deal => Deal(query, deal, user))
            : [];
        return query.PageAsync(Sorted(query, deals));
    }

    private static JsonObject Deal(PipedriveQuery query, SimulatedDeal deal, SimulatedUser user)
    {
        var record = PipedriveRecords.Deal(deal, user);
        if (query.List("include_fields").Contains("products_count"))
        {
            record["products_count"] = 1;
        }

        return record;
    }

    private Task ProductsAsync(PipedriveQuery query) =>
        query.Ids("deal_ids") is { } ids
            ? query.PageAsync(
            [
                .. ids.Distinct()
                    .Select(id => population.FindDeal(id.ToString(CultureInfo.InvariantCulture)))
                    .OfType<SimulatedDeal>()
                    .Select(PipedriveRecords.DealProduct),
            ])
            : query.FailAsync("bad_request", "deal_ids is invalid");

    private Task ActivitiesAsync(PipedriveQuery query) =>
        query["person_id"] is { } id && PipedriveQuery.IsId(id)
            ? query.PageAsync(Sorted(query, Find(PipedriveQuery.Id(id)) is { } user ? PipedriveRecords.Activities(user) : []))
            : query.FailAsync("bad_request", "person_id is invalid");

    private static JsonObject[] Sorted(PipedriveQuery query, IEnumerable<JsonObject> records)
    {
        var key = query["sort_by"] ?? "id";
        var sorted = records.OrderBy(record => record[key]?.ToString(), StringComparer.Ordinal);
        return [.. query["sort_direction"] == "desc" ? sorted.Reverse() : sorted];
    }
}
