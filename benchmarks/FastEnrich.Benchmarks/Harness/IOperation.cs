namespace FastEnrich.Benchmarks.Harness;

/// <summary>One warm read. Implemented by structs, so that each contestant gets a loop compiled for it.</summary>
internal interface IOperation
{
    /// <summary>Reads one user; <see langword="null"/> counts as a miss and fails the run.</summary>
    object? Read(string key, int index);
}
