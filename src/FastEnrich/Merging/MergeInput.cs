namespace FastEnrich.Merging;

/// <summary>One plugin's servable result.</summary>
internal readonly record struct MergeInput(UserEnrichment Enrichment, string Plugin, int Priority, DateTimeOffset FreshUntil);
