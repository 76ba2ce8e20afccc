using System.Diagnostics;

namespace FastEnrich;

/// <summary>
/// Asks for one user: what a caller hands to the engine, and what the engine hands to a plugin. Immutable, and safe to share.
/// </summary>
/// <remarks><see cref="ToString"/> prints neither the id nor an identity.</remarks>
[DebuggerDisplay("EnrichmentRequest")]
public sealed class EnrichmentRequest
{
    /// <summary>Initializes a request.</summary>
    /// <param name="userId">The user: 1 to 512 UTF-8 bytes of well-formed text, compared ordinally and never normalised.</param>
    /// <param name="identities">Under what other names the user is known, such as <c>email</c>: at most 16, names of 1 to 64 and values of 1 to 512 UTF-8 bytes.</param>
    /// <exception cref="ArgumentException">The id or an identity is empty, too long or not well-formed.</exception>
    public EnrichmentRequest(string userId, IReadOnlyDictionary<string, string>? identities = null)
        : this(userId, UserIdentities.Checked(identities), null, Timeout.InfiniteTimeSpan)
    {
        FastEnrich.UserId.ThrowIfInvalid(userId);
    }

    internal EnrichmentRequest(string userId, IReadOnlyDictionary<string, string> identities, PreviousResult? previous, TimeSpan budget)
    {
        UserId = userId;
        Identities = identities;
        Previous = previous;
        Budget = budget;
    }

    /// <summary>Gets the user's id.</summary>
    public string UserId { get; }

    /// <summary>Gets under what other names the user is known. A plugin sees only the identities that it needs.</summary>
    /// <value>Never <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, string> Identities { get; }

    /// <summary>Gets the last result of this plugin for this user, for a conditional request.</summary>
    public PreviousResult? Previous { get; }

    /// <summary>Gets what was left of the flight's budget when this attempt began.</summary>
    /// <value><see cref="Timeout.InfiniteTimeSpan"/> in a caller's request.</value>
    public TimeSpan Budget { get; }

    /// <summary>Makes a request that carries a previous result, as for tests of a plugin's conditional requests; in a running engine it is the engine that makes them.</summary>
    /// <param name="previous">The previous result; <see langword="null"/> for none.</param>
    /// <returns>The request, for the same user.</returns>
    public EnrichmentRequest WithPrevious(PreviousResult? previous) => new(UserId, Identities, previous, Budget);

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(EnrichmentRequest);
}
