using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

internal sealed partial class PipedriveMapper
{
    /// <summary>Birthday, job title and address come only to accounts with contact sync; the rest is custom fields. Street and postcode stay in Pipedrive.</summary>
    private Demographics Demographics(PipedriveRecord person, DateOnly today, Confidence confidence)
    {
        var (city, region, country) = Place(person);
        return new Demographics
        {
            Age = confidence.Kept(BirthDate.AgeAt(today, person.Text("birthday"))),
            Gender = confidence.Kept(PipedriveFields.WordOf(Custom(person, "gender"))),
            Education = confidence.Kept(PipedriveFields.WordOf(Custom(person, "education"))),
            Income = confidence.Kept(PipedriveFields.TextOf(Custom(person, "income"))),
            MaritalStatus = confidence.Kept(PipedriveFields.WordOf(Custom(person, "marital_status"))),
            Occupation = confidence.Kept(person.Text("job_title") ?? PipedriveFields.WordOf(Custom(person, "occupation"))),
            City = confidence.Kept(city),
            Country = confidence.Kept(CountryCodes.Resolve(country)),
            Location = Joined(city, region, country),
        };
    }

    private static (string? City, string? Region, string? Country) Place(PipedriveRecord person)
    {
        var address = person.Object("postal_address");
        return (Part("locality"), Part("admin_area_level_1"), Part("country"));

        string? Part(string name) => address.Text(name) ?? person.Text($"postal_address_{name}"); // the latter in version 1 of the API
    }

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var text = string.Join(", ", parts.ToArray().OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase));
        return text.Length > 0 ? text : null;
    }
}
