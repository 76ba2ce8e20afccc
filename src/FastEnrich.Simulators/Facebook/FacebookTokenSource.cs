using System.Collections.Concurrent;

namespace FastEnrich.Simulators;

/// <summary>The operator's store of users' tokens, as a service of the host: hands out what it holds until it is told that a token was refused. Thread-safe.</summary>
public sealed class FacebookTokenSource : ITokenSource
{
    private readonly SimulatedPopulation _population;
    private readonly FacebookTokenStore _store;
    private readonly ConcurrentDictionary<string, AccessToken> _held = new(StringComparer.Ordinal);

    internal FacebookTokenSource(SimulatedPopulation population, FacebookTokenStore store) => (_population, _store) = (population, store);

    /// <inheritdoc/>
    public ValueTask<AccessToken?> GetTokenAsync(string userId, CancellationToken cancellationToken)
    {
        if (!_held.TryGetValue(userId, out var token) && (token = _store.Issue(_population.FindById(userId))) is not null)
        {
            _held[userId] = token;
        }

        return new(token);
    }

    /// <inheritdoc/>
    public void Invalidate(string userId, AccessToken token) => _held.TryRemove(KeyValuePair.Create(userId, token));
}
