namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>
/// Reads users in rounds: their tokens, their nodes, once more those whose token had expired, then further pages.
/// One user or fifty go the same way. Thread-safe.
/// </summary>
internal sealed class FacebookReader(
    FacebookGraph graph,
    FacebookTokens tokens,
    FacebookLimits limits,
    FacebookLookup lookup,
    FacebookMapper mapper,
    FacebookOptions options,
    string plugin)
{
    private const int TokensAtOnce = 8; // of a token endpoint that may be slow

    private static readonly TimeSpan s_withoutToken = TimeSpan.FromMinutes(1); // the user may grant one any moment

    private readonly string _fields = new FacebookFields(options).User;

    public async ValueTask ReadAsync(IReadOnlyList<FacebookMember> members, BatchResults results, CancellationToken cancellationToken)
    {
        var operation = members.Count == 1 ? "read_user" : "read_users";
        var ready = await GetTokensAsync(members, results, operation, cancellationToken).ConfigureAwait(false);
        var found = new List<FacebookMember>(ready.Count);
        var expired = await ReadUsersAsync(ready, found, results, operation, cancellationToken).ConfigureAwait(false);
        if (expired.Count > 0)
        {
            await ReadAgainAsync(expired, found, results, operation, cancellationToken).ConfigureAwait(false);
        }

        await ReadPagesAsync(found, cancellationToken).ConfigureAwait(false);
        foreach (var member in found)
        {
            results.Set(member.Index, mapper.Map(member));
        }
    }

    /// <summary>Reads those whose token had expired with the next one. Whatever fails now fails them alone: the others are read.</summary>
    private async ValueTask ReadAgainAsync(
        IReadOnlyList<FacebookMember> expired, List<FacebookMember> found, BatchResults results, string operation, CancellationToken cancellationToken)
    {
        var renewed = await GetTokensAsync(expired, results, operation, cancellationToken).ConfigureAwait(false);
        try
        {
            await ReadUsersAsync(renewed, found, results, operation, cancellationToken).ConfigureAwait(false);
        }
        catch (PluginException failure)
        {
            foreach (var member in renewed)
            {
                results.Fail(member.Index, failure);
            }
        }
    }

    /// <summary>Returns the members that have a token; the others have their outcome.</summary>
    private async ValueTask<IReadOnlyList<FacebookMember>> GetTokensAsync(
        IReadOnlyList<FacebookMember> members, BatchResults results, string operation, CancellationToken cancellationToken)
    {
        var failures = new PluginException?[members.Count];
        if (members.Count == 1)
        {
            failures[0] = await GetTokenAsync(members[0], operation, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = TokensAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, members.Count, parallel, async (i, token) =>
                failures[i] = await GetTokenAsync(members[i], operation, token).ConfigureAwait(false)).ConfigureAwait(false);
        }

        List<FacebookMember> ready = [];
        for (var i = 0; i < members.Count; i++)
        {
            if (failures[i] is { } failure)
            {
                results.Fail(members[i].Index, failure);
            }
            else if (members[i].Token is null)
            {
                results.Set(members[i].Index, EnrichmentResult.NotFound(s_withoutToken));
            }
            else
            {
                ready.Add(members[i]);
            }
        }

        return ready;
    }

    /// <summary>Sets a member's token, which may be none; returns why that failed.</summary>
    private async ValueTask<PluginException?> GetTokenAsync(FacebookMember member, string operation, CancellationToken cancellationToken)
    {
        if (limits.Resting(member.Request.UserId, plugin, operation) is { } resting)
        {
            return resting;
        }

        var refused = member.Token;
        try
        {
            member.Token = await tokens.GetAsync(member.Request.UserId, cancellationToken).ConfigureAwait(false);
        }
        catch (PluginException failure)
        {
            return failure;
        }

        return refused is not null && member.Token?.Value == refused.Value
            ? new PluginException(plugin, operation, "the token has expired, and there is no newer one", PluginErrorCode.AuthError)
            : null;
    }

    /// <summary>Returns the members whose token has expired and may be renewed; those found are added, all others have their outcome.</summary>
    private async ValueTask<IReadOnlyList<FacebookMember>> ReadUsersAsync(
        IReadOnlyList<FacebookMember> members, List<FacebookMember> found, BatchResults results, string operation, CancellationToken cancellationToken)
    {
        List<FacebookMember> expired = [];
        var questions = members
            .Select(member => new FacebookQuestion(
                member,
                new FacebookCall(member.Path, [("fields", _fields)], member.Token!, mapper.ValidatorOf(member.Request.Previous))))
            .ToList();
        foreach (var outcome in await graph.AskAsync(questions, operation, cancellationToken).ConfigureAwait(false))
        {
            var member = outcome.Question.Member;
            if (outcome.Token != FacebookTokenState.Good)
            {
                tokens.Invalidate(member.Request.UserId, member.Token!);
            }

            if (outcome.Token == FacebookTokenState.Expired && !member.HasNewToken)
            {
                member.HasNewToken = true;
                expired.Add(member);
            }
            else if (outcome.Failure is { Code: PluginErrorCode.NotFound })
            {
                results.Set(member.Index, EnrichmentResult.NotFound());
            }
            else if (outcome.Failure is { } failure)
            {
                results.Fail(member.Index, failure);
            }
            else if (outcome.Answer!.Status == 304 && outcome.Question.Call.ETag is not null)
            {
                results.Set(member.Index, EnrichmentResult.NotModified(FacebookMapper.Lifetime));
            }
            else if (Take(member, outcome.Answer))
            {
                found.Add(member);
            }
            else
            {
                results.Fail(member.Index, new PluginException(plugin, operation, "the answer is not the user that was asked for", PluginErrorCode.InvalidResponse));
            }
        }

        return expired;
    }

    private bool Take(FacebookMember member, FacebookAnswer answer)
    {
        var user = answer.Node();
        if (!lookup.IsAnswer(member.Path, user.Text("id")))
        {
            return false;
        }

        member.User = user;
        member.ETag = answer.ETag;
        member.Likes = new FacebookEdge("likes", FacebookFields.Likes, options.MaxLikes, user);
        member.Posts = new FacebookEdge("posts", FacebookFields.Posts, options.MaxPosts, user);
        return true;
    }

    /// <summary>Reads what lies beyond first pages. A page that fails ends its list: the user is known by then.</summary>
    private async ValueTask ReadPagesAsync(List<FacebookMember> members, CancellationToken cancellationToken)
    {
        while (members.SelectMany(NextPages).ToList() is { Count: > 0 } questions)
        {
            try
            {
                foreach (var outcome in await graph.AskAsync(questions, "read_pages", cancellationToken).ConfigureAwait(false))
                {
                    outcome.Question.Edge!.Add(outcome.Failure is null ? outcome.Answer!.Node() : default);
                }
            }
            catch (PluginException)
            {
                return;
            }
        }
    }

    private static IEnumerable<FacebookQuestion> NextPages(FacebookMember member)
    {
        foreach (var edge in new[] { member.Likes!, member.Posts! })
        {
            if (edge.Next(member.User.Text("id")!, member.Token!) is { } call)
            {
                member.HasPages = true;
                yield return new FacebookQuestion(member, call, edge);
            }
        }
    }
}
