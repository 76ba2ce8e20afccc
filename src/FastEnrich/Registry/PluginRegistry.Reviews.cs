using FastEnrich.Registry;

namespace FastEnrich;

/// <content>What people think of plugins.</content>
public sealed partial class PluginRegistry
{
    /// <summary>Adds a review. The newest 1,000 of each plugin are kept.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="rating">The rating, 1 to 5.</param>
    /// <param name="comment">What is said, up to 2,000 characters of well-formed text without control characters; <see langword="null"/> for nothing.</param>
    /// <param name="reviewer">Who says it, up to 100 characters of the same kind; <see langword="null"/> for nobody.</param>
    /// <returns>The review, of the plugin's present version; <see langword="null"/> when no plugin of that name is known.</returns>
    /// <exception cref="ArgumentException">Rating, comment or reviewer is not as described; the message quotes nothing of them.</exception>
    public PluginReview? AddReview(string name, int rating, string? comment = null, string? reviewer = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (PluginReview.Validate(rating, comment, reviewer) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        lock (_lock)
        {
            Refresh();
            if (Find(name) is not { } record)
            {
                return null;
            }

            var version = record.Manifest?.Metadata.Version;
            var review = new PluginReview
            {
                Id = Guid.NewGuid().ToString("N"),
                Rating = rating,
                Comment = comment ?? "",
                Reviewer = reviewer,
                Version = SemanticVersion.TryParse(version, out _) ? version : "",
                CreatedAt = _options.TimeProvider.GetUtcNow(),
            };
            record.AddReview(review);
            return review;
        }
    }

    /// <summary>Returns a plugin's reviews, the newest first.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <returns>At most 1,000 reviews; none for a plugin that is not known.</returns>
    public IReadOnlyList<PluginReview> GetReviews(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            return Find(name)?.Reviews ?? [];
        }
    }
}
