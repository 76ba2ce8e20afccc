using System.Collections.Concurrent;
using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>The tokens that users granted: made when they are asked for, so that a million cost no memory. Thread-safe.</summary>
internal sealed class FacebookTokenStore(FacebookSimulatorOptions options)
{
    private const string Prefix = "EAASIM";

    private readonly ConcurrentDictionary<string, (int Number, DateTimeOffset ExpiresAt, string? Refusal)> _issued = new(StringComparer.Ordinal);

    public string AppToken { get; } = $"{options.AppId}|{options.AppSecret}";

    public string SystemToken { get; } = $"{Prefix}SYSTEM";

    /// <summary>Returns a user's valid token, a new one when the last has expired; <see langword="null"/> when the user granted none.</summary>
    public AccessToken? Issue(SimulatedUser? user)
    {
        if (user?.FacebookId is not { } id || !user.KnownTo.Contains(SimulatedSystem.Facebook))
        {
            return null;
        }

        var now = options.TimeProvider.GetUtcNow();
        var (number, expiresAt, refusal) = _issued.AddOrUpdate(
            id,
            _ => (1, now + options.TokenLifetime, null),
            (_, last) => last.ExpiresAt > now || last.Refusal is not null ? last : (last.Number + 1, now + options.TokenLifetime, null));
        return new AccessToken(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}x{number}"), refusal is null ? expiresAt : null);
    }

    public void ExpireAll()
    {
        foreach (var (id, last) in _issued)
        {
            _issued[id] = last with { ExpiresAt = DateTimeOffset.MinValue };
        }
    }

    /// <summary>Takes a user's token back; the next one issued is refused in the same way until it is granted anew.</summary>
    public void Refuse(string facebookId, string error) => _issued.AddOrUpdate(facebookId, (1, DateTimeOffset.MaxValue, error), (_, last) => last with { Refusal = error });

    public FacebookTokenState Check(string? token)
    {
        if (token == AppToken || token == SystemToken)
        {
            return new(null, token == AppToken, token == SystemToken, null);
        }

        if (token is null)
        {
            return Refused("no_token");
        }

        var cut = token.LastIndexOf('x');
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || cut < Prefix.Length
            || options.Population.FindByFacebookId(token[Prefix.Length..cut]) is not { } user
            || !int.TryParse(token.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !_issued.TryGetValue(user.FacebookId!, out var last) || number > last.Number)
        {
            return Refused("invalid_token");
        }

        return last.Refusal is { } refusal ? Refused(refusal)
            : number < last.Number || last.ExpiresAt <= options.TimeProvider.GetUtcNow() ? Refused("expired_token")
            : new(user, false, false, null);
    }

    private static FacebookTokenState Refused(string error) => new(null, false, false, error);
}
