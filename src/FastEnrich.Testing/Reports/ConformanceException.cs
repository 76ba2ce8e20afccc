namespace FastEnrich.Testing;

/// <summary>A test of a plugin failed; the message is the report's text.</summary>
/// <param name="message">What failed, and how to repair it.</param>
public sealed class ConformanceException(string message) : Exception(message);
