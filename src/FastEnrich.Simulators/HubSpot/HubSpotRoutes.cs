using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers the routes over a population. Thread-safe.</summary>
internal sealed partial class HubSpotRoutes(SimulatedPopulation population, HubSpotRateLimit rateLimit)
{
    private const int MaxRecords = 100;
    private const int MaxAssociations = 1000;

    public static string RouteOf(string method, string[] path) => (method, path) switch
    {
        ("POST", ["oauth", "v1" or "v3", "token"]) => "token",
        ("GET", ["crm", "v3", "objects", "contacts", _]) => "contact",
        ("POST", ["crm", "v3", "objects", "contacts", "batch", "read"]) => "contacts_batch",
        ("GET", ["crm", "v4", "objects", "contacts", _, "associations", "deals"]) => "associations",
        ("POST", ["crm", "v4", "associations", "contacts", "deals" or "calls" or "emails" or "meetings" or "notes" or "tasks", "batch", "read"]) => "associations_batch",
        ("POST", ["crm", "v4", "associations", "deals", "line_items", "batch", "read"]) => "associations_batch",
        ("POST", ["crm", "v3", "objects", "deals", "batch", "read"]) => "deals_batch",
        ("POST", ["crm", "v3", "objects", "line_items", "batch", "read"]) => "line_items_batch",
        ("POST", ["crm", "v3", "objects", "calls" or "emails" or "meetings" or "notes" or "tasks", "batch", "read"]) => "engagements_batch",
        ("GET", ["events", "v3", "events"]) => "events",
        ("GET", ["account-info", "v3", "api-usage", "daily", "private-apps"]) => "usage",
        _ => "unknown",
    };

    public Task AnswerAsync(string route, string[] path, HttpContext http) => route switch
    {
        "contact" => ContactAsync(path[4], http),
        "contacts_batch" => BatchAsync(http, MaxRecords, ContactsAsync),
        "associations" => AssociationsAsync(path[4], http),
        "associations_batch" => BatchAsync(http, MaxAssociations, (context, body) => AssociationsBatchAsync(context, body, path[3], path[4])),
        "deals_batch" or "line_items_batch" or "engagements_batch" => BatchAsync(http, MaxRecords, (context, body) => RecordsAsync(context, body, path[3])),
        "events" => EventsAsync(http),
        "usage" => UsageAsync(http),
        _ => HubSpotAnswers.NoRouteAsync(http),
    };

    private SimulatedUser? Find(string id, string? idProperty)
    {
        var user = idProperty == "email" ? population.FindByEmail(id) : population.FindById(id);
        return user is not null && user.KnownTo.Contains(SimulatedSystem.HubSpot) ? user : null;
    }

    private async Task ContactAsync(string id, HttpContext http)
    {
        var query = http.Request.Query;
        string? idProperty = query["idProperty"];
        if (idProperty is not null && !HubSpotRecords.UniqueContactProperties.Contains(idProperty))
        {
            await NotUniqueAsync(http, idProperty).ConfigureAwait(false);
            return;
        }

        if (Find(id, idProperty) is not { } user)
        {
            await HubSpotAnswers.ErrorAsync(http, StatusCodes.Status404NotFound, "OBJECT_NOT_FOUND", "resource not found").ConfigureAwait(false);
            return;
        }

        await HubSpotAnswers.WriteAsync(http, StatusCodes.Status200OK, writer =>
        {
            HubSpotAnswers.Record(writer, HubSpotRecords.Contact(user), Names(query["properties"]), HubSpotRecords.DefaultContactProperties);
            if (Names(query["associations"]).Contains("deals") && user.Deals.Count > 0)
            {
                WriteInlineDeals(writer, user);
            }
        }).ConfigureAwait(false);
    }

    private static string[] Names(Microsoft.Extensions.Primitives.StringValues values) =>
        values.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void WriteInlineDeals(Utf8JsonWriter writer, SimulatedUser user)
    {
        writer.WriteStartObject("associations");
        writer.WriteStartObject("deals");
        writer.WriteStartArray("results");
        foreach (var deal in user.Deals)
        {
            writer.WriteStartObject();
            writer.WriteString("id", deal.Id);
            writer.WriteString("type", "contact_to_deal");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static async Task BatchAsync(HttpContext http, int limit, Func<HttpContext, HubSpotRequestBody, Task> answer)
    {
        var body = await HubSpotRequestBody.ReadAsync(http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        var problem = body is null ? "Invalid input JSON"
            : body.Ids.Count == 0 ? "inputs must not be empty"
            : body.Ids.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"The batch size exceeds the limit of {limit}")
            : body.Ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < body.Ids.Count ? "Duplicate IDs found in batch input. IDs must be unique"
            : body.IdProperty is null && !body.Ids.All(id => id.Length > 0 && id.All(char.IsAsciiDigit)) ? "Some ids are not numeric"
            : null;
        await (problem is null ? answer(http, body!) : HubSpotAnswers.ErrorAsync(http, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", problem)).ConfigureAwait(false);
    }

    private Task ContactsAsync(HttpContext http, HubSpotRequestBody body)
    {
        if (body.IdProperty is { } idProperty && !HubSpotRecords.UniqueContactProperties.Contains(idProperty))
        {
            return NotUniqueAsync(http, idProperty);
        }

        var found = body.Ids.Select(id => (Id: id, User: Find(id, body.IdProperty))).ToList();
        return HubSpotAnswers.BatchAsync(http, writer =>
        {
            foreach (var (_, user) in found)
            {
                if (user is not null)
                {
                    writer.WriteStartObject();
                    HubSpotAnswers.Record(writer, HubSpotRecords.Contact(user), body.Properties, HubSpotRecords.DefaultContactProperties);
                    writer.WriteEndObject();
                }
            }
        }, [.. found.Where(entry => entry.User is null).Select(entry => entry.Id)], "CONTACT");
    }

    private Task RecordsAsync(HttpContext http, HubSpotRequestBody body, string kind)
    {
        var found = body.Ids.Select(id => (Id: id, Record: RecordOf(kind, id))).ToList();
        return HubSpotAnswers.BatchAsync(http, writer =>
        {
            foreach (var (_, record) in found)
            {
                if (record is not null)
                {
                    writer.WriteStartObject();
                    HubSpotAnswers.Record(writer, record, body.Properties, HubSpotRecords.DefaultDealProperties);
                    writer.WriteEndObject();
                }
            }
        }, [.. found.Where(entry => entry.Record is null).Select(entry => entry.Id)], kind.ToUpperInvariant());
    }

    private Dictionary<string, string?>? RecordOf(string kind, string id) => kind switch
    {
        "deals" => population.FindDeal(id) is { } deal ? HubSpotRecords.Deal(deal) : null,
        "line_items" => HubSpotAssociations.DealOfLineItem(population, id) is { } deal ? HubSpotAssociations.LineItem(deal) : null,
        _ => HubSpotEngagements.Find(population, kind, id),
    };

    private (IReadOnlyList<string> Ids, int TypeId)? AssociatedOf(string from, string to, string id) =>
        HubSpotAssociations.Of(population, from, to, id, contact => Find(contact, null));

    private Task AssociationsAsync(string id, HttpContext http) => AssociatedOf("contacts", "deals", id) is { } associated
        ? HubSpotAnswers.WriteAsync(http, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartArray("results");
            Write(writer, associated);
            writer.WriteEndArray();
        })
        : HubSpotErrors.Catalogue["object_not_found"].WriteAsync(http, "resource not found");

    private Task AssociationsBatchAsync(HttpContext http, HubSpotRequestBody body, string from, string to)
    {
        var found = body.Ids.Select(id => (Id: id, Associated: AssociatedOf(from, to, id))).ToList();
        return HubSpotAnswers.BatchAsync(http, writer =>
        {
            foreach (var (id, associated) in found.Where(entry => entry.Associated is { Ids.Count: > 0 }))
            {
                writer.WriteStartObject();
                writer.WriteStartObject("from");
                writer.WriteString("id", id);
                writer.WriteEndObject();
                writer.WriteStartArray("to");
                Write(writer, associated!.Value);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        }, [.. found.Where(entry => entry.Associated is not { Ids.Count: > 0 }).Select(entry => entry.Id)], "ASSOCIATION");
    }

    private static void Write(Utf8JsonWriter writer, (IReadOnlyList<string> Ids, int TypeId) associated)
    {
        foreach (var id in associated.Ids)
        {
            writer.WriteStartObject();
            writer.WriteNumber("toObjectId", long.Parse(id, CultureInfo.InvariantCulture)); // a number here, a text elsewhere: so it is
            writer.WriteStartArray("associationTypes");
            writer.WriteStartObject();
            writer.WriteString("category", "HUBSPOT_DEFINED");
            writer.WriteNumber("typeId", associated.TypeId);
            writer.WriteNull("label");
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private Task UsageAsync(HttpContext http) => HubSpotAnswers.WriteAsync(http, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartArray("results");
        writer.WriteStartObject();
        writer.WriteString("name", "private-apps-api-calls-daily");
        writer.WriteNumber("currentUsage", rateLimit.UsedToday);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static Task NotUniqueAsync(HttpContext http, string idProperty) =>
        HubSpotAnswers.ErrorAsync(http, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"{idProperty} is not a unique property");
}
