namespace FastEnrich.Generators.Tests.Driver;

/// <summary>A mistake, its place in <c>[| |]</c>, and the same code without it.</summary>
public sealed record DiagnosticCase(string Id, string Bad, string Good)
{
    public override string ToString() => Id;
}
