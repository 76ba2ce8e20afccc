namespace FastEnrich;

/// <summary>The wire omits what is empty, so the model holds empty as <see langword="null"/>.</summary>
internal static class Omit
{
    public static string? Empty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    public static IReadOnlyList<T>? Empty<T>(IReadOnlyList<T>? value) => value is { Count: > 0 } ? value : null;

    public static IReadOnlyDictionary<string, T>? Empty<T>(IReadOnlyDictionary<string, T>? value) => value is { Count: > 0 } ? value : null;
}
