using System.Text.Json;

namespace FastEnrich;

/// <summary>
/// Writes an enrichment as <see cref="FastEnrichJsonContext"/> does, by hand: each cold result is encoded once, and the serializer's way costs nearly twice the time
/// and allocates its stack for it.
/// </summary>
internal static class EnrichmentWriter
{
    public static void Write(Utf8JsonWriter writer, UserEnrichment enrichment)
    {
        writer.WriteStartObject();
        if (enrichment.Demographics is { } demographics)
        {
            Write(writer, demographics);
        }

        Write(writer, "interests"u8, enrichment.Interests);
        if (enrichment.SocialConnections is { } social)
        {
            Write(writer, social);
        }

        if (enrichment.BehaviorPatterns is { } behavior)
        {
            Write(writer, behavior);
        }

        Write(writer, "contextual_data"u8, enrichment.ContextualData);
        writer.WriteNumber("confidence"u8, enrichment.Confidence);
        writer.WriteString("source"u8, enrichment.Source);
        writer.WriteString("timestamp"u8, enrichment.Timestamp);
        writer.WritePropertyName("ttl"u8);
        NanosecondsConverter.Write(writer, enrichment.Ttl.GetValueOrDefault());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Demographics demographics)
    {
        writer.WriteStartObject("demographics"u8);
        if (demographics.Age is { } age)
        {
            writer.WriteNumber("age"u8, age);
        }

        Write(writer, "gender"u8, demographics.Gender);
        Write(writer, "location"u8, demographics.Location);
        Write(writer, "country"u8, demographics.Country);
        Write(writer, "city"u8, demographics.City);
        Write(writer, "income"u8, demographics.Income);
        Write(writer, "education"u8, demographics.Education);
        Write(writer, "occupation"u8, demographics.Occupation);
        Write(writer, "marital_status"u8, demographics.MaritalStatus);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SocialConnections social)
    {
        writer.WriteStartObject("social_connections"u8);
        Write(writer, "platforms"u8, social.Platforms);
        Write(writer, "connections"u8, social.Connections);
        Write(writer, "influence"u8, social.Influence);
        Write(writer, "communities"u8, social.Communities);
        Write(writer, "interactions"u8, social.Interactions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BehaviorPatterns behavior)
    {
        writer.WriteStartObject("behavior_patterns"u8);
        if (behavior.SessionDuration != TimeSpan.Zero)
        {
            writer.WritePropertyName("session_duration"u8);
            NanosecondsConverter.Write(writer, behavior.SessionDuration);
        }

        Write(writer, "page_views"u8, behavior.PageViews);
        Write(writer, "conversion_rate"u8, behavior.ConversionRate);
        Write(writer, "preferred_channels"u8, behavior.PreferredChannels);
        Write(writer, "activity_times"u8, behavior.ActivityTimes);
        Write(writer, behavior.PurchaseHistory);
        Write(writer, "search_patterns"u8, behavior.SearchPatterns);
        Write(writer, "engagement_metrics"u8, behavior.EngagementMetrics);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<PurchaseEvent>? purchases)
    {
        if (purchases is null)
        {
            return;
        }

        writer.WriteStartArray("purchase_history"u8);
        for (var i = 0; i < purchases.Count; i++)
        {
            var purchase = purchases[i];
            writer.WriteStartObject();
            Write(writer, "product_id"u8, purchase.ProductId);
            Write(writer, "category"u8, purchase.Category);
            writer.WriteNumber("amount"u8, purchase.Amount);
            Write(writer, "currency"u8, purchase.Currency);
            writer.WriteString("timestamp"u8, purchase.Timestamp);
            Write(writer, "channel"u8, purchase.Channel);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long number)
    {
        if (number != 0)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double number)
    {
        if (number != 0)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? list)
    {
        if (list is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        for (var i = 0; i < list.Count; i++)
        {
            writer.WriteStringValue(list[i]);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, JsonElement>? map)
    {
        if (map is not null)
        {
            writer.WritePropertyName(name);
            OpenMapConverter.Write(writer, map);
        }
    }
}
