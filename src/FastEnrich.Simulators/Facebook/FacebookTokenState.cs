namespace FastEnrich.Simulators;

/// <summary>Whom a token speaks for.</summary>
/// <param name="User">The user; <see langword="null"/> for a token that is no user's.</param>
/// <param name="IsApp">Whether it is the app's own.</param>
/// <param name="SeesAll">Whether it is the system user's, who may read everybody.</param>
/// <param name="Error">The error that the token gets, or <see langword="null"/>.</param>
internal readonly record struct FacebookTokenState(SimulatedUser? User, bool IsApp, bool SeesAll, string? Error);
