using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>What the registry knows of one plugin, at one moment. Immutable.</summary>
public sealed record PluginRegistryEntry
{
    /// <summary>Gets the plugin's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets where the plugin stands in its life.</summary>
    public required RegistryState State { get; init; }

    /// <summary>Gets what describes it.</summary>
    public required RegistrySource Source { get; init; }

    /// <summary>Gets its manifest, the last good one; <see langword="null"/> when there has been none.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>Gets what is wrong with its manifest now, or keeps it from fitting this engine and the other plugins.</summary>
    public IReadOnlyList<ManifestProblem> Errors { get; init; } = [];

    /// <summary>Gets what is ignored in its manifest.</summary>
    public IReadOnlyList<ManifestProblem> Warnings { get; init; } = [];

    /// <summary>Gets how often the plugin was asked for a user, earlier runs included. Reads from memory ask no plugin.</summary>
    public long TotalUsage { get; init; }

    /// <summary>Gets when it was asked last; <see langword="null"/> for never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Gets the mean of its ratings; <see langword="null"/> without any.</summary>
    public double? AverageRating { get; init; }

    /// <summary>Gets how many reviews are kept.</summary>
    public int ReviewCount { get; init; }

    /// <summary>Gets when the plugin was first seen.</summary>
    public DateTimeOffset InstalledAt { get; init; }

    /// <summary>Gets when its present version was first seen.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Writes the entry as a JSON object: the manifest's members, then the registry's own.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the entry as a JSON object with its reviews.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="reviews">The reviews, newest first.</param>
    public void WriteTo(Utf8JsonWriter writer, IReadOnlyList<PluginReview> reviews)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(reviews);
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteStartArray("reviews"u8);
        foreach (var review in reviews)
        {
            review.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        if (Manifest is null)
        {
            writer.WriteString("name"u8, Name);
        }
        else
        {
            ManifestWriter.WriteMembers(writer, Manifest);
        }

        writer.WriteString("state"u8, RegistryWords.Of(State));
        writer.WriteString("source"u8, RegistryWords.Of(Source));
        WriteProblems(writer, "errors", Errors);
        WriteProblems(writer, "warnings", Warnings);
        writer.WriteNumber("total_usage"u8, TotalUsage);
        if (LastUsed is { } lastUsed)
        {
            writer.WriteString("last_used"u8, lastUsed);
        }

        if (AverageRating is { } rating)
        {
            writer.WriteNumber("average_rating"u8, rating);
        }

        writer.WriteNumber("review_count"u8, ReviewCount);
        writer.WriteString("installed_at"u8, InstalledAt);
        writer.WriteString("updated_at"u8, UpdatedAt);
    }

    private static void WriteProblems(Utf8JsonWriter writer, string name, IReadOnlyList<ManifestProblem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, problem.Path);
            writer.WriteString("reason"u8, problem.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
