using FastEnrich.Caching;
using FastEnrich.Plugins;

namespace FastEnrich.Pipeline;

/// <content>Callers whose identities lead elsewhere than what is known of the user.</content>
internal sealed partial class ProfileEngine
{
    /// <summary>
    /// Answers a caller whose identities lead elsewhere than what is known of the user: from an entry of its own, which nobody else sees. Only a
    /// trusted caller's results then replace those of the user. What its identities do not touch comes from the user's entry.
    /// </summary>
    private async ValueTask<EnrichedProfile> EnrichApartAsync(
        string userId, IReadOnlyDictionary<string, string> identities, EnrichOptions options, bool bulk, CancellationToken cancellationToken)
    {
        var due = Due(options, bulk);
        while (true)
        {
            var table = Plugins;
            var asked = table.Mask(options.Plugins);
            var closure = table.Closure(asked);
            var shared = _l1.GetOrAdd(userId, bulk);
            var affected = shared.AffectedBy(identities, table, closure);
            var rest = closure & ~affected;
            var begun = shared.Begin(Request(table, rest, rest, UserIdentities.None, options, due, bulk, cancellationToken));
            if (begun.MustRetry)
            {
                LookAgain(shared);
                continue;
            }

            var others = await Follow(shared, begun, cancellationToken).ConfigureAwait(false);
            if (shared.Split() is not { } apart)
            {
                continue; // forgotten or evicted meanwhile
            }

            try
            {
                var request = Request(table, asked, affected, identities, options, due, bulk, cancellationToken, Late(others, table), rest);
                var result = apart.Begin(request);
                if (!result.MustRetry)
                {
                    return await Follow(apart, result, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                shared.Rejoin(apart, options.UntrustedIdentities ? null : identities, table, closure);
                Account(shared);
            }
        }
    }

    private static ulong Late(EnrichedProfile profile, PluginTable table)
    {
        var late = 0UL;
        if (profile.ErrorCount > 0)
        {
            foreach (var (name, status) in profile.Status)
            {
                if (status.State == PluginState.TimedOut && ReferenceEquals(profile.Errors[name], SlotFailure.DeadlinePassed.Error))
                {
                    late |= 1UL << table.Find(name)!.Ordinal;
                }
            }
        }

        return late;
    }
}
