namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Hands out tokens from a function, and remembers which were refused.</summary>
internal sealed class FakeTokenSource(Func<string, AccessToken?> tokenOf) : ITokenSource
{
    public List<string> Asked { get; } = [];

    public List<(string UserId, string Token)> Refused { get; } = [];

    public bool ThrowOnInvalidate { get; init; }

    public ValueTask<AccessToken?> GetTokenAsync(string userId, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(userId);
            return new(tokenOf(userId));
        }
    }

    public void Invalidate(string userId, AccessToken token)
    {
        Refused.Add((userId, token.Value));
        if (ThrowOnInvalidate)
        {
            throw new InvalidOperationException("the store is closed");
        }
    }
}
