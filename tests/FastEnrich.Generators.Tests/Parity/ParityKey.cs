namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A struct that compares itself.</summary>
public readonly record struct ParityKey(int Id);
