namespace FastEnrich.Registry;

/// <summary>Gathers what is wrong with one manifest; a hostile one cannot make it long.</summary>
internal sealed class ManifestProblems
{
    private const int Max = 50;

    public List<ManifestProblem> Errors { get; } = [];

    public List<ManifestProblem> Warnings { get; } = [];

    public void Error(string path, string reason) => Add(Errors, path, reason);

    public void Warn(string path, string reason) => Add(Warnings, path, reason);

    private static void Add(List<ManifestProblem> problems, string path, string reason)
    {
        if (problems.Count < Max)
        {
            problems.Add(new ManifestProblem(path, reason));
        }
    }
}
