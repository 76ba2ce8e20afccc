using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Reads what belongs to each user of a batch, several users at once. A user whose parts cannot be read fails alone. Thread-safe.</summary>
internal sealed class XReader(XApi api, XFields fields, bool seesProtected, string plugin, TimeProvider timeProvider)
{
    private const int MaxParallel = 8; // a batch of 100 timelines within a flight's budget, and no more connections than a browser opens
    /// <summary>Reads the parts of all users; at each position the profile, or why there is none.</summary>
    /// <param name="users">The users.</param>
    /// <param name="left">How long that may take; who is not read by then fails, and the others keep what they have.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    public async ValueTask<IReadOnlyList<(XProfile? Profile, PluginException? Failure)>> ReadAsync(IReadOnlyList<XUser> users, TimeSpan left, CancellationToken cancellationToken)
    {
        if (!fields.ReadsPosts && !fields.ReadsLists)
        {
            return [.. users.Select(user => ((XProfile?)new XProfile(user, null, null), (PluginException?)null))];
        }

        var outcomes = new (XProfile?, PluginException?)[users.Count];
        using var timer = new CancellationTokenSource(left, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        PluginException? common = null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, users.Count, options, async (index, _) =>
        {
            try
            {
                outcomes[index] = Volatile.Read(ref common) is { } known ? (null, Copy(known)) : (await ReadAsync(users[index], linked.Token).ConfigureAwait(false), null);
            }
            catch (PluginException exception)
            {
                outcomes[index] = (null, exception);
                if (exception.Code is PluginErrorCode.AuthError or PluginErrorCode.InvalidConfig)
                {
                    Volatile.Write(ref common, exception); // the others would be refused as well
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                outcomes[index] = (null, new PluginException(plugin, "read_posts", "no time was left for this user", PluginErrorCode.TimeoutError));
            }
        }).ConfigureAwait(false);
        return outcomes;
    }

    private static PluginException Copy(PluginException failure) =>
        new(failure.Plugin, failure.Operation, failure.Message, failure.Code, failure.Retryable, failure.RetryAfter);

    private async ValueTask<XProfile> ReadAsync(XUser user, CancellationToken cancellationToken)
    {
        if (XKeys.Id(user.Id) is not { } id)
        {
            return new XProfile(user, null, null);
        }

        var posts = fields.ReadsPosts ? await ReadPostsAsync(user, id, cancellationToken).ConfigureAwait(false) : null;
        var lists = fields.ReadsLists ? await api.ReadListsAsync(id, cancellationToken).ConfigureAwait(false) : null;
        return new XProfile(user, posts, lists);
    }

    /// <summary>A call that can bring nothing is saved: nothing was posted, or nobody of ours may read it.</summary>
    private async ValueTask<XTimeline> ReadPostsAsync(XUser user, string id, CancellationToken cancellationToken) =>
        XMapper.PostCount(user) == 0 || (!seesProtected && XJson.Flag(user.Protected) == true)
            ? XTimeline.Empty
            : await api.ReadPostsAsync(id, cancellationToken).ConfigureAwait(false);
}
