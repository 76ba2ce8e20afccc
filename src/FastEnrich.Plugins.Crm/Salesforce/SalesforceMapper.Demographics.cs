using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

internal sealed partial class SalesforceMapper
{
    /// <summary>Street and postcode stay in Salesforce: they say where somebody lives, not what to recommend.</summary>
    private Demographics Demographics(SalesforceRecord contact, DateOnly today, Confidence confidence)
    {
        // The compound has the codes, in organizations with lists of states and countries; the single fields are there always.
        var address = contact.Child("MailingAddress");
        var city = address?.Text("city") ?? contact.Text("MailingCity");
        var state = address?.Text("state") ?? contact.Text("MailingState");
        var country = address?.Text("country") ?? contact.Text("MailingCountry");
        var code = address?.Text("countryCode")?.ToUpperInvariant();
        return new Demographics
        {
            Age = confidence.Kept(BirthDate.AgeAt(today, contact.Text("Birthdate"))),
            Gender = confidence.Kept(contact.Text(options.GenderField)),
            Income = confidence.Kept(contact.Text(options.IncomeField)),
            Education = confidence.Kept(contact.Text(options.EducationField)),
            MaritalStatus = confidence.Kept(contact.Text(options.MaritalStatusField)),
            Occupation = confidence.Kept(contact.Text("Title")),
            City = confidence.Kept(city),
            Country = confidence.Kept(CountryCodes.IsCode(code) ? code : CountryCodes.Resolve(country)),
            Location = Joined(city, state, country),
        };
    }

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var text = string.Join(", ", parts.ToArray().OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase));
        return text.Length > 0 ? text : null;
    }
}
