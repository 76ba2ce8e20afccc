using System.Globalization;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>One claim, measured.</summary>
/// <param name="Name">What was measured, and beside what.</param>
/// <param name="Measured">The figure.</param>
/// <param name="Target">The figure to reach.</param>
/// <param name="AtLeast">Whether more is better.</param>
/// <param name="Unit">What the figures count.</param>
/// <param name="Detail">The absolute values behind the figure; they hold for this machine only.</param>
internal sealed record Row(string Name, double Measured, double Target, bool AtLeast, string Unit, string Detail)
{
    public bool Reached => AtLeast ? Measured >= Target : Measured <= Target;

    public string Verdict => Reached ? "PASS" : "SHORT";

    public string MeasuredText => Text(Measured);

    public string TargetText => (AtLeast ? ">= " : "<= ") + Text(Target);

    public static Row AtMost(string name, double measured, double target, string detail) => new(name, measured, target, false, "x", detail);

    public static Row Faster(string name, double measured, double target, string detail) => new(name, measured, target, true, "x", detail);

    private string Text(double value) => value.ToString(value >= 10 ? "0" : Unit != "x" ? "0.##" : value < 1 ? "0.000" : "0.00", CultureInfo.InvariantCulture) + Unit;
}
