namespace FastEnrich.Sidecar.Hosting;

/// <summary>What the demo's population is made from, and where its systems listen: on five ports from <paramref name="Port"/> on, or on free ones when it is 0.</summary>
internal sealed record DemoSettings(int Users, int Seed, int Port = 0)
{
    private const int ManyUsers = 100;

    /// <summary>How many systems there are, each on a port of its own.</summary>
    public const int Systems = 5;

    /// <summary>Whether users come one after another, as from a file; someone who waits for a profile otherwise.</summary>
    public bool IsBulk { get; init; }

    /// <summary>
    /// How long plugins gather users for a batch: the networks get theirs in small groups, as the CRMs name them. Not for a handful, which would only wait.
    /// </summary>
    public TimeSpan? BatchWindow => IsBulk && Users >= ManyUsers ? TimeSpan.FromSeconds(1) : null;
}
