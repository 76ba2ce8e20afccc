namespace FastEnrich.Simulators;

/// <summary>What X knows of a simulated user beside what all systems do; follows from the population's seed and the user's place.</summary>
internal sealed class XAccount
{
    private const double ProtectedShare = 0.06;
    private const double SuspendedShare = 0.03;
    private const int Stream = 1_000_003; // apart from the draws that make the user

    private static readonly string[] s_verifiedTypes = ["none", "none", "none", "blue", "business"];

    private XAccount(SimulatedUser user, SeededRandom random)
    {
        User = user;
        IsProtected = random.Chance(ProtectedShare) && user.Index > 0; // everybody tries the first user first
        IsSuspended = random.Chance(SuspendedShare) && user.Index > 0;
        VerifiedType = random.Pick(s_verifiedTypes);
        Following = random.Between(10, 900);
        Listed = random.Below((user.Followers / 50) + 2);
        LikesGiven = random.Below(3000);
        Media = random.Below(100);
        ShowsLocation = random.Chance(0.7);
        CreatedAt = user.CreatedAt.AddDays(-random.Between(30, 3000));
        Posts = XSimulatedPost.Make(user, random);
        Lists = [.. user.Interests.Take(random.Below(4)).Select(static interest => $"People into {interest}")];
    }

    public SimulatedUser User { get; }

    public bool IsProtected { get; }

    public bool IsSuspended { get; }

    public string VerifiedType { get; }

    public int Following { get; }

    public int Listed { get; }

    public int LikesGiven { get; }

    public int Media { get; }

    public bool ShowsLocation { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets the posts, newest first.</summary>
    public IReadOnlyList<XSimulatedPost> Posts { get; }

    public IReadOnlyList<string> Lists { get; }

    /// <summary>Returns the account of a user who has one.</summary>
    public static XAccount? Of(SimulatedUser? user, long seed) =>
        user is { XId: not null } && user.KnownTo.Contains(SimulatedSystem.X) ? new XAccount(user, new SeededRandom(seed, (long)Stream + ((long)user.Index << 24))) : null;
}
