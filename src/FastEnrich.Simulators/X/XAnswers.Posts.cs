using System.Globalization;
using System.Text.Json;

namespace FastEnrich.Simulators;

internal sealed partial class XAnswers
{
    /// <summary>Writes a page of posts and the places that they refer to; an empty one has only its count.</summary>
    public void Posts(Utf8JsonWriter writer, XAccount account, IReadOnlyList<XSimulatedPost> page, IReadOnlyList<string> fields, IReadOnlyList<string> expansions, string? next)
    {
        if (page.Count > 0)
        {
            writer.WriteStartArray("data");
            foreach (var post in page)
            {
                Post(writer, account, post, fields, expansions);
            }

            writer.WriteEndArray();
        }

        if (expansions.Contains("geo.place_id") && page.Any(static post => post.IsTagged))
        {
            Places(writer, account.User.City);
        }

        writer.WriteStartObject("meta");
        writer.WriteNumber("result_count", page.Count);
        if (page.Count > 0)
        {
            writer.WriteString("newest_id", page[0].Id);
            writer.WriteString("oldest_id", page[^1].Id);
        }

        if (next is not null)
        {
            writer.WriteString("next_token", next);
        }

        writer.WriteEndObject();
    }

    private static string PlaceId(SimulatedCity city) => $"place-{city.CountryCode}-{city.Name.Replace(' ', '-')}";

    private static void Places(Utf8JsonWriter writer, SimulatedCity city)
    {
        writer.WriteStartObject("includes");
        writer.WriteStartArray("places");
        writer.WriteStartObject();
        writer.WriteString("id", PlaceId(city));
        writer.WriteString("name", city.Name);
        writer.WriteString("full_name", $"{city.Name}, {city.State}");
        writer.WriteString("country_code", city.CountryCode);
        writer.WriteString("place_type", "city");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Post(Utf8JsonWriter writer, XAccount account, XSimulatedPost post, IReadOnlyList<string> fields, IReadOnlyList<string> expansions)
    {
        writer.WriteStartObject();
        writer.WriteString("id", post.Id);
        writer.WriteString("text", $"a post about {post.Interest ?? "this and that"}");
        foreach (var field in fields)
        {
            switch (field)
            {
                case "created_at": writer.WriteString(field, Time(post.CreatedAt)); break;
                case "lang": writer.WriteString(field, post.Language); break;
                case "geo" when post.IsTagged:
                    writer.WriteStartObject(field);
                    writer.WriteString("place_id", PlaceId(account.User.City));
                    writer.WriteEndObject();
                    break;
                case "public_metrics": PostMetrics(writer, post); break;
                case "context_annotations" when post.Interest is not null: Annotations(writer, post.Interest); break;
                case "entities" when post.Hashtag is not null || post.MentionsSomebody: Entities(writer, post); break;
                default: break; // nothing is known, or the reference below
            }
        }

        if (post.Reference is not null && (fields.Contains("referenced_tweets") || expansions.Contains("referenced_posts")))
        {
            writer.WriteStartArray(newVocabulary ? "referenced_posts" : "referenced_tweets");
            writer.WriteStartObject();
            writer.WriteString("type", post.Reference);
            writer.WriteString("id", "1699999999999999999");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void PostMetrics(Utf8JsonWriter writer, XSimulatedPost post)
    {
        writer.WriteStartObject("public_metrics");
        writer.WriteNumber(newVocabulary ? "repost_count" : "retweet_count", post.Reposts);
        writer.WriteNumber("reply_count", post.Replies);
        writer.WriteNumber("like_count", post.Likes);
        writer.WriteNumber("quote_count", post.Quotes);
        writer.WriteNumber("bookmark_count", post.Bookmarks);
        writer.WriteNumber("impression_count", post.Impressions);
        writer.WriteEndObject();
    }

    /// <summary>One entity stands under two domains, as it does in real answers.</summary>
    private static void Annotations(Utf8JsonWriter writer, string interest)
    {
        var entity = string.Create(CultureInfo.InvariantCulture, $"{8_470_000_000 + Array.IndexOf(PopulationWords.Interests, interest)}");
        writer.WriteStartArray("context_annotations");
        foreach (var (id, name) in ((string, string)[])[("65", "Interests and Hobbies Vertical"), ("131", "Unified Twitter Taxonomy")])
        {
            writer.WriteStartObject();
            writer.WriteStartObject("domain");
            writer.WriteString("id", id);
            writer.WriteString("name", name);
            writer.WriteEndObject();
            writer.WriteStartObject("entity");
            writer.WriteString("id", entity);
            writer.WriteString("name", interest);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Entities(Utf8JsonWriter writer, XSimulatedPost post)
    {
        writer.WriteStartObject("entities");
        if (post.Hashtag is not null)
        {
            Entity(writer, "hashtags", "tag", post.Hashtag);
        }

        if (post.MentionsSomebody)
        {
            Entity(writer, "mentions", "username", "somebody");
        }

        writer.WriteEndObject();
    }

    private static void Entity(Utf8JsonWriter writer, string list, string name, string value)
    {
        writer.WriteStartArray(list);
        writer.WriteStartObject();
        writer.WriteNumber("start", 0);
        writer.WriteNumber("end", value.Length + 1);
        writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
