namespace FastEnrich.Simulators;

/// <summary>A query that the server refuses.</summary>
internal sealed class SoqlException(string errorCode, string message) : Exception(message)
{
    public string ErrorCode { get; } = errorCode;

    public static SoqlException Malformed(string message) => new("MALFORMED_QUERY", message);
}
