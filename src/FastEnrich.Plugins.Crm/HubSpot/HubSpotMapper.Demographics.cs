using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

internal sealed partial class HubSpotMapper
{
    /// <summary>
    /// A contact has no income: <c>annualrevenue</c> is its company's. Street and postcode stay in HubSpot:
    /// they say where somebody lives, not what to recommend.
    /// </summary>
    private static Demographics Demographics(HubSpotProperties properties, DateOnly today, Confidence confidence)
    {
        var (city, country, location) = Place(properties, confidence);
        return new Demographics
        {
            Age = confidence.Kept(BirthDate.AgeAt(today, properties.Text("date_of_birth"))),
            Gender = confidence.Kept(properties.Text("gender")),
            MaritalStatus = confidence.Kept(properties.Text("marital_status") ?? properties.Text("relationship_status")),
            Education = confidence.Kept(Education(properties)),
            Occupation = confidence.Kept(properties.Text("jobtitle") ?? properties.Text("job_function") ?? properties.Text("seniority")),
            City = city,
            Country = country,
            Location = location,
        };
    }

    /// <summary>What is typed in the CRM counts; only where nothing is, the guess from the last IP address does.</summary>
    private static (string? City, string? Country, string? Location) Place(HubSpotProperties properties, Confidence confidence)
    {
        var (city, state, country) = (properties.Text("city"), properties.Text("state"), properties.Text("country"));
        if (city is not null || state is not null || country is not null)
        {
            return (confidence.Kept(city), confidence.Kept(CountryCodes.Resolve(country)), Joined(city, state, country));
        }

        (city, state, country) = (properties.Text("ip_city"), properties.Text("ip_state"), properties.Text("ip_country"));
        var code = properties.Text("ip_country_code")?.ToUpperInvariant();
        return (confidence.FromIp(city), confidence.FromIp(CountryCodes.IsCode(code) ? code : CountryCodes.Resolve(country)), Joined(city, state, country));
    }

    private static string? Education(HubSpotProperties properties)
    {
        var text = Joined(properties.Text("degree"), properties.Text("field_of_study"), properties.Text("school"));
        return properties.Text("graduation_date") is { Length: 4 } year && year.All(char.IsAsciiDigit) && text is not null ? $"{text} ({year})" : text;
    }

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var text = string.Join(", ", parts.ToArray().OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase));
        return text.Length > 0 ? text : null;
    }
}
