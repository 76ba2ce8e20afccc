namespace FastEnrich.Simulators;

/// <summary>SplitMix64: the same numbers on every platform and version, from any seed without a warm-up. Not thread-safe.</summary>
internal sealed class SeededRandom
{
    private ulong _state;

    public SeededRandom(long seed, long stream) => _state = Mix((ulong)seed + 0x9E3779B97F4A7C15) ^ Mix((ulong)stream ^ 0xD1B54A32D192ED03);

    public int Below(int limit) => (int)((UInt128)Next() * (ulong)limit >> 64);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);
}
