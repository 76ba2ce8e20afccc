namespace FastEnrich.Sidecar.Hosting;

/// <summary>What the demo's population is made from.</summary>
internal sealed record DemoSettings(int Users, int Seed);
