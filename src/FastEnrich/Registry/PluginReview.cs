using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>What somebody thinks of a plugin. Immutable.</summary>
public sealed record PluginReview
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxComment = 2000;

    /// <summary>The longest name of a reviewer, in characters.</summary>
    public const int MaxReviewer = 100;

    /// <summary>Gets the review's own id, 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the rating.</summary>
    /// <value>From 1 to 5.</value>
    public required int Rating { get; init; }

    /// <summary>Gets what was said; empty for nothing.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Gets who said it; <see langword="null"/> when nobody gave a name.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Gets the plugin's version at the time; empty when it was not known.</summary>
    public string Version { get; init; } = "";

    /// <summary>Gets when it was said, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Writes the review as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteNumber("rating"u8, Rating);
        writer.WriteString("comment"u8, Comment);
        if (Reviewer is not null)
        {
            writer.WriteString("reviewer"u8, Reviewer);
        }

        writer.WriteString("version"u8, Version);
        writer.WriteString("created_at"u8, CreatedAt);
        writer.WriteEndObject();
    }

    /// <summary>Says what is wrong with a review's parts, quoting nothing of them; null when nothing is.</summary>
    internal static string? Validate(int rating, string? comment, string? reviewer) =>
        rating is < 1 or > 5 ? "a rating is a whole number from 1 to 5"
        : comment is not null && (comment.Length > MaxComment || !ManifestText.IsPlain(comment))
            ? $"a comment is well-formed text of at most {MaxComment} characters, without control characters"
        : reviewer is not null && (reviewer.Length is 0 or > MaxReviewer || !ManifestText.IsPlain(reviewer))
            ? $"a reviewer is well-formed text of 1 to {MaxReviewer} characters, without control characters"
        : null;
}
