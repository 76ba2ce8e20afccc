namespace FastEnrich;

/// <summary>Hands out tokens that belong to users, for upstreams where each user grants access to their own data. Implementations are thread-safe.</summary>
public interface ITokenSource
{
    /// <summary>Gets a user's token.</summary>
    /// <param name="userId">The user, as the engine knows them.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    /// <returns>The token; <see langword="null"/> when the user has granted none.</returns>
    ValueTask<AccessToken?> GetTokenAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Says that the upstream refused a token, so that it is not handed out again.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token that was refused; a newer one stays.</param>
    void Invalidate(string userId, AccessToken token);
}
