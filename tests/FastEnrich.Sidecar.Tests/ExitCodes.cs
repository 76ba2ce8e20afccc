namespace FastEnrich.Sidecar.Tests;

/// <summary>The documented exit codes, written down a second time: they are a contract.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int WithErrors = 1;
    public const int BadUsage = 2;
    public const int OutputClosed = 141;
}
