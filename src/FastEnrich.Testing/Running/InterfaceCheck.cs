namespace FastEnrich.Testing;

/// <summary>Gathers what is wrong with a plugin's interface, one result a question.</summary>
internal sealed class InterfaceCheck
{
    private readonly List<TestResult> _results = [];

    public IReadOnlyList<TestResult> Results => _results;

    public void Add(string id, string title, IEnumerable<string> problems)
    {
        List<string> found = [.. problems];
        _results.Add(new TestResult { Id = id, Title = title, Verdict = found.Count == 0 ? TestVerdict.Passed : TestVerdict.Failed, Details = found });
    }
}
