using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>Calls, e-mails, meetings, notes and tasks of a user, and page views; drawn apart from the user, whom they must not change.</summary>
internal static class HubSpotEngagements
{
    private const long FirstId = 90_000_000_000;
    private const int PerKind = 4;
    private const long Stream = 1L << 40;

    public static readonly string[] Kinds = ["calls", "emails", "meetings", "notes", "tasks"];

    private static readonly string[] s_callStatus = ["COMPLETED", "NO_ANSWER", "BUSY"];
    private static readonly string[] s_meetingOutcome = ["COMPLETED", "SCHEDULED", "NO_SHOW"];

    /// <summary>Returns the engagements of one kind, oldest first.</summary>
    public static IReadOnlyList<Dictionary<string, string?>> Of(SimulatedPopulation population, SimulatedUser user, string kind)
    {
        var place = Array.IndexOf(Kinds, kind);
        var random = new SeededRandom(population.Seed, Stream + ((long)user.Index * Kinds.Length) + place);
        var first = FirstId + ((((long)user.Index * Kinds.Length) + place) * PerKind);
        return
        [
            .. Enumerable.Range(0, random.Below(PerKind + 1))
                .Select(number => Make(random, user, kind, first + number))
                .OrderBy(record => record["hs_timestamp"], StringComparer.Ordinal),
        ];
    }

    public static Dictionary<string, string?>? Find(SimulatedPopulation population, string kind, string id)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < FirstId)
        {
            return null;
        }

        var slot = (number - FirstId) / PerKind;
        var index = slot / Kinds.Length;
        return index < population.Count && Kinds[(int)(slot % Kinds.Length)] == kind
            ? Of(population, population.GetUser((int)index), kind).FirstOrDefault(record => record["hs_object_id"] == id)
            : null;
    }

    /// <summary>Returns when the user viewed pages lately, newest first.</summary>
    public static IReadOnlyList<DateTimeOffset> PageViews(SimulatedPopulation population, SimulatedUser user)
    {
        var random = new SeededRandom(population.Seed, Stream - 1 - user.Index);
        return [.. Enumerable.Range(0, Math.Min(user.PageViews, 250)).Select(_ => user.LastVisitAt.AddMinutes(-random.Below(60 * 24 * 20))).OrderDescending()];
    }

    private static Dictionary<string, string?> Make(SeededRandom random, SimulatedUser user, string kind, long id)
    {
        var at = user.LastVisitAt.AddMinutes(-random.Below(60 * 24 * 90));
        var record = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["hs_object_id"] = id.ToString(CultureInfo.InvariantCulture),
            ["createdate"] = HubSpotRecords.Time(at),
            ["hs_lastmodifieddate"] = HubSpotRecords.Time(at),
            ["hs_timestamp"] = HubSpotRecords.Time(at),
        };
        switch (kind)
        {
            case "calls":
                record["hs_call_direction"] = random.Chance(0.7) ? "OUTBOUND" : "INBOUND";
                record["hs_call_status"] = random.Pick(s_callStatus);
                record["hs_call_duration"] = (random.Between(10, 1800) * 1000).ToString(CultureInfo.InvariantCulture);
                break;
            case "emails":
                record["hs_email_direction"] = random.Chance(0.5) ? "EMAIL" : "INCOMING_EMAIL";
                record["hs_email_status"] = "SENT";
                break;
            case "meetings":
                record["hs_meeting_outcome"] = random.Pick(s_meetingOutcome);
                break;
            case "tasks":
                record["hs_task_status"] = random.Chance(0.5) ? "COMPLETED" : "NOT_STARTED";
                record["hs_task_type"] = "TODO";
                break;
        }

        return record;
    }
}
