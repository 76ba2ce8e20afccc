using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Writes answers in the shapes of X's API, in the older vocabulary or the newer one.</summary>
internal sealed partial class XAnswers(bool newVocabulary)
{
    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes a user with the fields asked for; id, name and username always come.</summary>
    public void User(Utf8JsonWriter writer, string? property, XAccount? account, IReadOnlyList<string> fields)
    {
        if (account is null)
        {
            return;
        }

        if (property is not null)
        {
            writer.WritePropertyName(property);
        }

        var user = account.User;
        writer.WriteStartObject();
        writer.WriteString("id", user.XId);
        writer.WriteString("name", $"{user.FirstName} {user.LastName}");
        writer.WriteString("username", user.XUsername);
        foreach (var field in fields)
        {
            switch (field)
            {
                case "created_at": writer.WriteString(field, Time(account.CreatedAt)); break;
                case "location" when account.ShowsLocation: writer.WriteString(field, $"{user.City.Name}, {user.City.Country}"); break;
                case "profile_image_url": writer.WriteString(field, $"https://pbs.example.org/profile_images/{user.XId}/photo_normal.png"); break;
                case "protected": writer.WriteBoolean(field, account.IsProtected); break;
                case "subscription_type": writer.WriteString(field, account.VerifiedType == "blue" ? "Premium" : "None"); break;
                case "verified": writer.WriteBoolean(field, account.VerifiedType != "none"); break;
                case "verified_type": writer.WriteString(field, account.VerifiedType); break;
                case "public_metrics": UserMetrics(writer, account); break;
                default: break; // nothing is known
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the errors of a lookup: those who are not there, and those who are suspended.</summary>
    public static void Missing(Utf8JsonWriter writer, string parameter, IReadOnlyList<(string Key, XAccount? Account)> found)
    {
        var missing = found.Where(static entry => entry.Account is not { IsSuspended: false }).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("errors");
        foreach (var (key, account) in missing)
        {
            writer.WriteStartObject();
            writer.WriteString("value", key);
            writer.WriteString("detail", account is null ? $"Could not find user with {parameter}: [{key}]." : $"User has been suspended: [{key}].");
            writer.WriteString("title", account is null ? "Not Found Error" : "Forbidden");
            writer.WriteString("resource_type", "user");
            writer.WriteString("parameter", parameter);
            writer.WriteString("resource_id", key);
            writer.WriteString("type", "https://api.twitter.com/2/problems/resource-not-found");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Lists(Utf8JsonWriter writer, XAccount account)
    {
        if (account.Lists.Count > 0)
        {
            writer.WriteStartArray("data");
            foreach (var (number, name) in account.Lists.Index())
            {
                writer.WriteStartObject();
                writer.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{1_400_000_000_000_000_000 + ((long)account.User.Index * 8) + number}"));
                writer.WriteString("name", name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartObject("meta");
        writer.WriteNumber("result_count", account.Lists.Count);
        writer.WriteEndObject();
    }

    /// <summary>The newer version writes numbers as texts.</summary>
    public static void Usage(Utf8JsonWriter writer, long cap, long used)
    {
        writer.WriteStartObject("data");
        writer.WriteString("project_cap", cap.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("project_usage", used.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void UserMetrics(Utf8JsonWriter writer, XAccount account)
    {
        writer.WriteStartObject("public_metrics");
        writer.WriteNumber("followers_count", account.User.Followers);
        writer.WriteNumber("following_count", account.Following);
        writer.WriteNumber(newVocabulary ? "post_count" : "tweet_count", account.Posts.Count);
        writer.WriteNumber("listed_count", account.Listed);
        writer.WriteNumber("like_count", account.LikesGiven);
        writer.WriteNumber("media_count", account.Media);
        writer.WriteEndObject();
    }
}
