namespace FastEnrich;

/// <summary>The outcomes of a batch, by the position of their request. Not thread-safe; it belongs to one call.</summary>
public sealed class BatchResults
{
    private readonly EnrichmentResult[] _results;
    private readonly PluginException?[] _failures;

    /// <summary>Initializes the outcomes of a batch, all unset.</summary>
    /// <param name="count">The number of requests.</param>
    public BatchResults(int count)
    {
        _results = new EnrichmentResult[count];
        _failures = new PluginException?[count];
    }

    /// <summary>Gets the number of requests.</summary>
    public int Count => _results.Length;

    /// <summary>Sets the result of one request.</summary>
    /// <param name="index">The request's position.</param>
    /// <param name="result">Its result.</param>
    public void Set(int index, EnrichmentResult result) => _results[index] = result;

    /// <summary>Sets the failure of one request; the others are not touched by it.</summary>
    /// <param name="index">The request's position.</param>
    /// <param name="failure">Its failure.</param>
    public void Fail(int index, PluginException failure) => _failures[index] = failure;

    /// <summary>Gets the result of one request; its kind is <see cref="EnrichmentResultKind.None"/> while unset.</summary>
    /// <param name="index">The request's position.</param>
    /// <returns>The result.</returns>
    public EnrichmentResult GetResult(int index) => _results[index];

    /// <summary>Gets the failure of one request.</summary>
    /// <param name="index">The request's position.</param>
    /// <returns>The failure, or <see langword="null"/>.</returns>
    public PluginException? GetFailure(int index) => _failures[index];
}
