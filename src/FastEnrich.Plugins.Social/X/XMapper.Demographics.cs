using FastEnrich.Plugins.Social.X.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

internal sealed partial class XMapper
{
    private const int MaxLocationLength = 256;
    private const int ShortestName = 4; // "CA" is California as often as Canada

    private static readonly string[] s_shortNames = ["UK", "USA", "UAE"];
    private static readonly string[] s_statesToo = ["Georgia"];

    /// <summary>X knows where somebody posts from, or what they write for their home; nothing else is a fact, and a bio is not guessed from.</summary>
    private static Demographics Demographics(XProfile profile, List<XPostFacts> posts, XConfidence confidence)
    {
        if (MostTagged(profile, posts) is { } place)
        {
            var code = XJson.Text(place.CountryCode)?.ToUpperInvariant();
            return new Demographics
            {
                City = XJson.Text(place.PlaceType) == "city" ? confidence.OfPosts(XJson.Text(place.Name)) : null,
                Country = CountryCodes.IsCode(code) ? confidence.OfPosts(code) : null,
                Location = XJson.Text(place.FullName),
            };
        }

        if (XJson.Text(profile.User.Location) is not { Length: <= MaxLocationLength } location)
        {
            return new Demographics();
        }

        var (city, country) = Parse(location);
        return new Demographics { City = confidence.FreeText(city), Country = confidence.FreeText(country), Location = confidence.FreeText(location) };
    }

    private static XPlace? MostTagged(XProfile profile, List<XPostFacts> posts) =>
        posts.Where(static post => post.IsOwn).Select(post => post.PlaceId is { } id ? profile.Timeline!.Places.GetValueOrDefault(id) : null).OfType<XPlace>()
            .GroupBy(static place => place).MaxBy(static group => group.Count())?.Key; // the latest of equals: posts come newest first

    /// <summary>Reads <c>Berlin, Germany</c>; anything that names no country for sure stays as it stands.</summary>
    private static (string? City, string? Country) Parse(string location)
    {
        var parts = location.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var last = parts.LastOrDefault();
        var isName = last is not null
            && (last.Length >= ShortestName || s_shortNames.Contains(last, StringComparer.OrdinalIgnoreCase))
            && !s_statesToo.Contains(last, StringComparer.OrdinalIgnoreCase);
        if (!isName || CountryCodes.Resolve(last) is not { } code || !CountryCodes.IsCode(code))
        {
            return (null, null);
        }

        return (parts.Length > 1 ? parts[0] : null, code);
    }
}
