using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>
/// The users that all simulated systems share: one population, a view per system. Users are made when they are asked for, so that a million cost no memory;
/// the same seed gives the same users on every machine, with dates relative to a fixed day. Thread-safe.
/// </summary>
public sealed class SimulatedPopulation
{
    private const long FirstId = 5_100_000_017;
    private const long IdStep = 97; // gaps, so that a neighbour of an id is nobody's

    internal const long FirstSalesforceNumber = 9_000_000;
    internal const long FirstXId = 1_500_000_000_000_000_001;
    internal const long FirstFacebookId = 10_150_000_000_000_017;

    /// <summary>Initializes a population.</summary>
    /// <param name="seed">What everything follows from.</param>
    /// <param name="count">The number of users, at least 0.</param>
    public SimulatedPopulation(long seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Seed = seed;
        Count = count;
    }

    /// <summary>Gets the day that the population's dates are relative to.</summary>
    public static DateTimeOffset Epoch { get; } = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Gets what everything follows from.</summary>
    public long Seed { get; }

    /// <summary>Gets the number of users.</summary>
    public int Count { get; }

    /// <summary>Gets the ids of all users, in order. About one in twenty is unknown to any given system.</summary>
    public IEnumerable<string> UserIds => Enumerable.Range(0, Count).Select(IdOf);

    /// <summary>Makes one user.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The user.</returns>
    public SimulatedUser GetUser(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return SimulatedUserFactory.Make(Seed, index, IdOf(index));
    }

    /// <summary>Finds a user by id.</summary>
    /// <param name="userId">The id.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindById(string userId)
    {
        if (!long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < FirstId || (id - FirstId) % IdStep != 0)
        {
            return null;
        }

        var index = (id - FirstId) / IdStep;
        return index < Count && IdOf((int)index) == userId ? GetUser((int)index) : null;
    }

    /// <summary>Finds a user by e-mail address.</summary>
    /// <param name="email">The address, in any case.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindByEmail(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        var at = email.LastIndexOf('@');
        var digits = email.AsSpan(0, Math.Max(at, 0));
        digits = digits[(digits.LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Count
            && GetUser(index) is var user && user.Email.Equals(email, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;
    }

    /// <summary>Finds a user by the id of the contact in Salesforce.</summary>
    /// <param name="id">The id, of 15 or 18 characters.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindBySalesforceId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return SalesforceIds.NumberOf("003", id) is { } number ? At(number - FirstSalesforceNumber) : null;
    }

    /// <summary>Finds a user by name on X.</summary>
    /// <param name="username">The name without <c>@</c>, in any case.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindByXUsername(string username)
    {
        ArgumentNullException.ThrowIfNull(username);
        return long.TryParse(username.AsSpan(username.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && At(index) is { } user && username.Equals(user.XUsername, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;
    }

    /// <summary>Finds a user by id on X.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindByXId(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && At(number - FirstXId) is { } user && user.XId == id ? user : null;

    /// <summary>Finds a user by id on Facebook.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The user, or <see langword="null"/>.</returns>
    public SimulatedUser? FindByFacebookId(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && At(number - FirstFacebookId) is { } user && user.FacebookId == id ? user : null;

    /// <summary>Finds a deal by its record id.</summary>
    /// <param name="dealId">The id.</param>
    /// <returns>The deal, or <see langword="null"/>.</returns>
    public SimulatedDeal? FindDeal(string dealId) =>
        SimulatedUserFactory.OwnerOf(dealId) is { } index && index < Count ? GetUser(index).Deals.FirstOrDefault(deal => deal.Id == dealId) : null;

    private SimulatedUser? At(long index) => index >= 0 && index < Count ? GetUser((int)index) : null;

    private static string IdOf(int index) => (FirstId + (index * IdStep)).ToString(CultureInfo.InvariantCulture);
}
