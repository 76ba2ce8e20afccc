using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

internal sealed partial class PipedriveMapper
{
    private const int MaxXUsername = 15;
    private const int MaxFacebookId = 20;
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
        return account.Text("value") is not null && account.Text("label") is { Length: <= MaxPlatformLength } label && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ')
            ? label.ToLowerInvariant()
            : null;
    }

    /// <summary>People type <c>name</c>, <c>@name</c> or the address of their page.</summary>
    private string? XUsername(PipedriveRecord person) =>
        LastSegment(Custom(person, "x_username"))?.TrimStart('@') is { Length: > 0 and <= MaxXUsername } name && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : null;

    private string? FacebookId(PipedriveRecord person) =>
        LastSegment(Custom(person, "facebook_id")) is { Length: > 0 and <= MaxFacebookId } id && id.All(char.IsAsciiDigit) ? id : null;

    private static string? LastSegment(JsonElement value) =>
        PipedriveFields.TextOf(value)?.TrimEnd('/') is { } text ? text[(text.LastIndexOf('/') + 1)..] : null;
}
