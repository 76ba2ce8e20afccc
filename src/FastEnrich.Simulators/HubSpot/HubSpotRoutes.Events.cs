using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <content>Events of contacts.</content>
internal sealed partial class HubSpotRoutes
{
    private async Task EventsAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["objectType"] != "contact" || Find(query["objectId"].ToString(), null) is not { } user)
        {
            await HubSpotErrors.Catalogue["validation_error"].WriteAsync(http, "objectType and objectId must name a record").ConfigureAwait(false);
            return;
        }

        var since = DateTimeOffset.TryParse(query["occurredAfter"], CultureInfo.InvariantCulture, out var after) ? after : DateTimeOffset.MinValue;
        var start = int.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MaxRecords) : 20;
        var views = HubSpotEngagements.PageViews(population, user).Where(view => view > since).ToList();
        await HubSpotAnswers.WriteAsync(http, StatusCodes.Status200OK, writer => WriteEvents(writer, user, views, start, limit)).ConfigureAwait(false);
    }

    private static void WriteEvents(Utf8JsonWriter writer, SimulatedUser user, List<DateTimeOffset> views, int start, int limit)
    {
        writer.WriteStartArray("results");
        foreach (var (view, number) in views.Select((view, number) => (view, number)).Skip(start).Take(limit))
        {
            writer.WriteStartObject();
            writer.WriteString("objectType", "CONTACT");
            writer.WriteString("objectId", user.Id);
            writer.WriteString("eventType", "e_visited_page");
            writer.WriteString("occurredAt", HubSpotRecords.Time(view));
            writer.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{user.Id}-{number}"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (start + limit < views.Count)
        {
            writer.WriteStartObject("paging");
            writer.WriteStartObject("next");
            writer.WriteString("after", (start + limit).ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
