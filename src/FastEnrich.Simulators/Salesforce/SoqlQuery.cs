namespace FastEnrich.Simulators;

/// <summary>A query, as far as it is understood here.</summary>
/// <param name="Fields">The fields to deliver, with relationships as paths.</param>
/// <param name="Children">The queries of rows below each row.</param>
/// <param name="From">The object, or the relationship of a child query.</param>
/// <param name="Where">What all must hold.</param>
/// <param name="OrderBy">The field that rows are sorted by.</param>
/// <param name="Descending">Whether the largest comes first.</param>
internal sealed record SoqlQuery(
    IReadOnlyList<string> Fields,
    IReadOnlyList<SoqlQuery> Children,
    string From,
    IReadOnlyList<SoqlCondition> Where,
    string? OrderBy,
    bool Descending);
