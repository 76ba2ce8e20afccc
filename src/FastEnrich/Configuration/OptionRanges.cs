namespace FastEnrich.Configuration;

/// <summary>The ranges that the options document, for configuration and for what code sets.</summary>
internal static class OptionRanges
{
    public const int MaxRetries = 10;
    public const int MaxBulkWindow = 65_536;
    public const int MaxEntries = 100_000_000;
    public const long MinBytes = 64 * 1024;
    public const int MaxConcurrency = 4096;
    public const int MaxQueueCapacity = 1_000_000;
    public const int MinRecordBytes = 1024;
    public const int MaxRecordBytes = 16 * 1024 * 1024;
    public const int MinWriteQueue = 16;
    public const int MaxReads = 65_536;
    public const int MaxHysteresis = 10;

    public static readonly TimeSpan MaxHealthInterval = TimeSpan.FromDays(1);
    public static readonly TimeSpan MaxHealthWindow = TimeSpan.FromHours(1);
    public static readonly TimeSpan MaxTtl = TimeSpan.FromDays(30);
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan MaxL2Timeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan MaxBatchWindow = TimeSpan.FromSeconds(1);
}
