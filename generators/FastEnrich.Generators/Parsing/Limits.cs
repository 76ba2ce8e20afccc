namespace FastEnrich.Generators.Parsing;

/// <summary>What an attribute allows an option to be.</summary>
internal readonly record struct Limits(double Minimum, double Maximum, string? Pattern, string[] Allowed);
