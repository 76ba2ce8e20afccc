using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>Sums over all plugins, at one moment.</summary>
public sealed record PluginRegistryStats
{
    /// <summary>Gets how many plugins are known, uninstalled ones included.</summary>
    public required int TotalPlugins { get; init; }

    /// <summary>Gets how often plugins were asked for a user.</summary>
    public required long TotalUsage { get; init; }

    /// <summary>Gets how many reviews are kept.</summary>
    public required int TotalReviews { get; init; }

    /// <summary>Gets the mean over all ratings of all plugins; <see langword="null"/> without any.</summary>
    public required double? AverageRating { get; init; }

    /// <summary>Gets how many plugins are in each state; every state is there.</summary>
    public required IReadOnlyDictionary<RegistryState, int> ByState { get; init; }

    /// <summary>Gets how many plugins have each tag.</summary>
    public required IReadOnlyDictionary<string, int> ByTag { get; init; }

    /// <summary>Gets how many plugins each author has.</summary>
    public required IReadOnlyDictionary<string, int> ByAuthor { get; init; }

    /// <summary>Writes the sums as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("total_plugins"u8, TotalPlugins);
        writer.WriteNumber("total_usage"u8, TotalUsage);
        writer.WriteNumber("total_reviews"u8, TotalReviews);
        if (AverageRating is { } rating)
        {
            writer.WriteNumber("average_rating"u8, rating);
        }

        WriteCounts(writer, "by_state", ByState.Select(static pair => KeyValuePair.Create(RegistryWords.Of(pair.Key), pair.Value)));
        WriteCounts(writer, "by_tag", ByTag.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
        WriteCounts(writer, "by_author", ByAuthor.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }
}
