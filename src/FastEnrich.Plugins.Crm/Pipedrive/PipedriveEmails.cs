using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Reads the e-mail addresses of a person, or of a search's item, in the words of either API version.</summary>
internal static class PipedriveEmails
{
    /// <summary>Returns the addresses that are some, in the order of the record.</summary>
    public static IEnumerable<string> Of(PipedriveRecord person) =>
        person.Items("emails").Concat(person.Items("email")).Select(Address).OfType<string>().Where(Email.IsAddress);

    /// <summary>Returns the primary address, or the first.</summary>
    public static string? Primary(PipedriveRecord person)
    {
        var primary = person.Items("emails").Concat(person.Items("email")).FirstOrDefault(static item =>
            item.ValueKind == JsonValueKind.Object && new PipedriveRecord(item).Flag("primary") == true);
        return Address(primary) is { } address && Email.IsAddress(address) ? address : Of(person).FirstOrDefault();
    }

    private static string? Address(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => PipedriveRecord.TextOf(item),
        JsonValueKind.Object => new PipedriveRecord(item).Text("value"),
        _ => null,
    };
}
