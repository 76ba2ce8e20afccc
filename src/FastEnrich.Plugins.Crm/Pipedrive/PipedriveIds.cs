namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>The rule for record ids: a positive whole number of at most 18 digits, written in one way only.</summary>
internal static class PipedriveIds
{
    private const int MaxDigits = 18; // always fits 64 bits

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxDigits } && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9'); // "007" is another user than "7"

    public static string? Checked(string? text) => IsValid(text) ? text : null;
}
