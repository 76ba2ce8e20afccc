namespace FastEnrich;

/// <summary>The bounds of the first tier, the process's memory. Section <c>engine.l1</c>.</summary>
public sealed class L1Options
{
    /// <summary>Gets or sets how many users are held.</summary>
    /// <value>From 1 to 100,000,000. The default is 100,000.</value>
    public int MaxEntries { get; set; } = 100_000;

    /// <summary>Gets or sets how many bytes the held results may take.</summary>
    /// <value>At least 64 KiB. The default is 512 MiB.</value>
    public long MaxBytes { get; set; } = 512L * 1024 * 1024;
}
