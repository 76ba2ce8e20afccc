namespace FastEnrich.Plugins.Social.X;

/// <summary>A thing that X recognised in posts, with the domains it stands under.</summary>
internal sealed record XTopic(string Name, string EntityId, IReadOnlyList<(string? Id, string? Name)> Domains, int Posts, double Weight);
