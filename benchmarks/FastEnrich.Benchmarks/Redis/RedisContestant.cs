namespace FastEnrich.Benchmarks.Redis;

/// <summary>One way to read a user.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="ReadAsync">Reads a user and returns how many results it found; another number than that of the plugins fails the run.</param>
internal sealed record RedisContestant(string Name, Func<int, ValueTask<int>> ReadAsync);
