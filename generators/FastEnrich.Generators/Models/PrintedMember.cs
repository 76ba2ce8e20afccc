namespace FastEnrich.Generators.Models;

/// <summary>A member that a record prints.</summary>
internal sealed record PrintedMember(string Name, bool Sensitive);
