using System.Globalization;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

internal sealed partial class FacebookMapper
{
    private const int MinCountryNameLength = 4; // "Peru"; shorter last parts of a place's name are states, "CA"

    private static readonly string[] s_schools = ["High School", "College", "Graduate School"]; // lowest first

    /// <summary>No income: nobody tells Facebook. Education and occupation have no permission today and come only for apps that still get them.</summary>
    private static Demographics Demographics(FacebookNode user, DateOnly today, Confidence confidence)
    {
        var (city, country, location) = Place(user, confidence);
        return new Demographics
        {
            Age = Age(user, today, confidence),
            Gender = confidence.Kept(user.Text("gender")),
            MaritalStatus = confidence.Kept(user.Text("relationship_status")),
            Education = confidence.Kept(Education(user)),
            Occupation = confidence.Kept(user.Nodes("work").FirstOrDefault().Node("position").Text("name")),
            City = city,
            Country = country,
            Location = location,
        };
    }

    /// <summary>A birthday may hide its year, or everything but its year; the range says no more than child, young or adult.</summary>
    private static int? Age(FacebookNode user, DateOnly today, Confidence confidence)
    {
        var birthday = user.Text("birthday");
        if (BirthDate.AgeAt(today, birthday) is { } age)
        {
            return confidence.Kept<int?>(age);
        }

        if (birthday is { Length: 4 } && int.TryParse(birthday, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return confidence.Derived(BirthDate.AgeAt(today, $"{year}-01-01"));
        }

        return user.Node("age_range").Count("min") is { } lowest and <= 100 ? confidence.FreeText<int?>((int)lowest) : null;
    }

    /// <summary>Where somebody lives counts; only where that is unknown, where they come from does, as a guess.</summary>
    private static (string? City, string? Country, string? Location) Place(FacebookNode user, Confidence confidence)
    {
        var (city, country, location) = Place(user.Node("location"));
        if (location is not null)
        {
            return (confidence.Kept(city), confidence.Kept(country), location);
        }

        (city, country, location) = Place(user.Node("hometown"));
        return (confidence.FreeText(city), confidence.FreeText(country), location);
    }

    /// <summary>Without the expanded location there is the place's name, "Dallas, Texas" or "Lyon, France".</summary>
    private static (string? City, string? Country, string? Location) Place(FacebookNode place)
    {
        var name = place.Text("name");
        var address = place.Node("location");
        var (city, country) = (address.Text("city"), CountryCodes.Resolve(address.Text("country")));
        if (city is null && country is null && name?.LastIndexOf(',') is { } comma and > 0)
        {
            city = name[..name.IndexOf(',')].Trim();
            country = Country(name[(comma + 1)..].Trim());
        }

        return (city is "" ? null : city, country, name ?? Joined(city, address.Text("state"), address.Text("country")));
    }

    /// <summary>Places of the United States are named by their state; "Georgia" may be either.</summary>
    private static string? Country(string name) =>
        name.Length >= MinCountryNameLength && name != "Georgia" && CountryCodes.Resolve(name) is { } code && CountryCodes.IsCode(code) ? code : null;

    /// <summary>The highest school counts, of several the latest; the list has no dependable order.</summary>
    private static string? Education(FacebookNode user)
    {
        var school = user.Nodes("education")
            .OrderBy(static entry => Array.IndexOf(s_schools, entry.Text("type")))
            .ThenBy(static entry => entry.Node("year").Text("name") ?? "", StringComparer.Ordinal)
            .LastOrDefault();
        var text = Joined([school.Node("degree").Text("name"), .. school.Names("concentration"), school.Node("school").Text("name") ?? school.Text("type")]);
        return text is not null && school.Node("year").Text("name") is { Length: 4 } year && year.All(char.IsAsciiDigit) ? $"{text} ({year})" : text;
    }

    private static string? Joined(params ReadOnlySpan<string?> parts)
    {
        var text = string.Join(", ", parts.ToArray().OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase));
        return text.Length > 0 ? text : null;
    }
}
