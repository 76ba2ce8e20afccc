namespace FastEnrich.Simulators;

/// <summary>A condition: the field has one of the values, or one that another query brings.</summary>
internal sealed record SoqlCondition(string Field, IReadOnlyList<object> Values, SoqlQuery? Among);
