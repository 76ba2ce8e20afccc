namespace FastEnrich.Sidecar.Hosting;

/// <summary>What the demo's population is made from, and where its systems listen: on five ports from <paramref name="Port"/> on, or on free ones when it is 0.</summary>
internal sealed record DemoSettings(int Users, int Seed, int Port = 0)
{
    /// <summary>How many systems there are, each on a port of its own.</summary>
    public const int Systems = 5;
}
