using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

internal sealed partial class PipedriveMapper
{
    private const int MaxPlatformLength = 32;

    private SocialConnections Social(PipedriveRecord person, Confidence confidence) => new() { Platforms = confidence.Kept(Platforms(person)) };

    private string[] Platforms(PipedriveRecord person)
    {
        List<string> platforms = [];
        if (XUsername(person) is not null)
        {
            platforms.Add("x");
        }

        if (FacebookId(person) is not null)
        {
            platforms.Add("facebook");
        }

        return [.. platforms.Concat(person.Items("im").Select(Messenger).OfType<string>()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>An account of a messenger is known by its label alone, and counts only when there is one: version 1 sends empty ones.</summary>
    private static string? Messenger(JsonElement item)
    {
        var account = new PipedriveRecord(item);
        return account.Text("value") is not null
            && account.Text("label") is { Length: <= MaxPlatformLength } label
            && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ')
            ? label.ToLowerInvariant()
            : null;
    }

    private string? XUsername(PipedriveRecord person) => SocialNames.XUsername(PipedriveFields.TextOf(Custom(person, "x_username")));

    private string? FacebookId(PipedriveRecord person) => SocialNames.FacebookId(PipedriveFields.TextOf(Custom(person, "facebook_id")));
}
