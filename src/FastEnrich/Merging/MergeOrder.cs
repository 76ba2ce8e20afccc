namespace FastEnrich.Merging;

/// <summary>
/// The results in the order of their plugins, whatever order they arrived in: <see cref="Ranked"/> by priority and name for lists and maps,
/// <see cref="Trusted"/> by confidence before that for scalars.
/// </summary>
internal readonly ref struct MergeOrder
{
    private readonly ReadOnlySpan<MergeInput> _inputs;
    private readonly ReadOnlySpan<int> _ranked;
    private readonly ReadOnlySpan<int> _trusted;

    /// <param name="inputs">The results, as they arrived.</param>
    /// <param name="scratch">Room for two positions per result; it must outlive this order.</param>
    public MergeOrder(ReadOnlySpan<MergeInput> inputs, Span<int> scratch)
    {
        var ranked = scratch[..inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            Insert(ranked[..(i + 1)], i, inputs, byConfidence: false);
        }

        var trusted = scratch.Slice(inputs.Length, inputs.Length);
        for (var i = 0; i < inputs.Length; i++)
        {
            Insert(trusted[..(i + 1)], ranked[i], inputs, byConfidence: true);
        }

        _inputs = inputs;
        _ranked = ranked;
        _trusted = trusted;
    }

    public int Count => _inputs.Length;

    public ref readonly MergeInput Ranked(int index) => ref _inputs[_ranked[index]];

    public ref readonly MergeInput Trusted(int index) => ref _inputs[_trusted[index]];

    // Insertion sort: a handful of plugins, nearly sorted, no comparer to allocate; and it is stable, which the second pass needs.
    private static void Insert(Span<int> sorted, int item, ReadOnlySpan<MergeInput> inputs, bool byConfidence)
    {
        var at = sorted.Length - 1;
        while (at > 0 && IsBefore(inputs[item], inputs[sorted[at - 1]], byConfidence))
        {
            sorted[at] = sorted[at - 1];
            at--;
        }

        sorted[at] = item;
    }

    private static bool IsBefore(in MergeInput left, in MergeInput right, bool byConfidence)
    {
        if (byConfidence)
        {
            return left.Enrichment.Confidence > right.Enrichment.Confidence;
        }

        return left.Priority != right.Priority
            ? left.Priority > right.Priority
            : string.CompareOrdinal(left.Plugin, right.Plugin) < 0;
    }
}
