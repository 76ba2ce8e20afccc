namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Asks the API within its limits, and says of each question what came of it. Thread-safe.</summary>
internal sealed class FacebookGraph(FacebookApi api, FacebookLimits limits, string plugin)
{
    private const int MaxRefusals = 3; // of whole batches, each for the token of its first call

    /// <summary>Asks any number of questions.</summary>
    /// <exception cref="PluginException">Nothing came for any of them.</exception>
    public async ValueTask<List<FacebookOutcome>> AskAsync(IReadOnlyList<FacebookQuestion> questions, string operation, CancellationToken cancellationToken)
    {
        List<FacebookOutcome> outcomes = new(questions.Count);
        foreach (var batch in questions.Chunk(FacebookApi.MaxBatch))
        {
            await AskAsync(batch, operation, outcomes, MaxRefusals, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    private async ValueTask AskAsync(FacebookQuestion[] batch, string operation, List<FacebookOutcome> outcomes, int refusalsLeft, CancellationToken cancellationToken)
    {
        await limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        var answers = await api.SendAsync([.. batch.Select(static question => question.Call)], operation, cancellationToken).ConfigureAwait(false);
        if (answers.InPlaceOfAll is not { } answer)
        {
            outcomes.AddRange(batch.Zip(answers.Each, (question, each) => Outcome(question, each, operation)));
            return;
        }

        var failure = FacebookErrors.Read(answer) ?? new FacebookFailure(PluginErrorCode.InvalidResponse, Retryable: false);
        var wait = limits.Note(answer, failure, api.CommonToken is null ? batch[0].Member.Request.UserId : null);
        if (failure.Token == FacebookTokenState.Good || api.CommonToken is not null || refusalsLeft == 0)
        {
            throw FacebookErrors.ToException(failure, plugin, operation, answer.Status, wait);
        }

        // Refused for the token of the first call, which stood for the batch: that call goes alone, and the others with the next one's.
        await AskAsync(batch[..1], operation, outcomes, 0, cancellationToken).ConfigureAwait(false);
        await AskAsync(batch[1..], operation, outcomes, refusalsLeft - 1, cancellationToken).ConfigureAwait(false);
    }

    private FacebookOutcome Outcome(FacebookQuestion question, FacebookAnswer? answer, string operation)
    {
        if (answer is null)
        {
            return new(question, null, FacebookTokenState.Good, new PluginException(plugin, operation, "no answer in time within the batch", PluginErrorCode.TimeoutError));
        }

        var failure = FacebookErrors.Read(answer);
        var wait = limits.Note(answer, failure, question.Member.Request.UserId);
        return failure is { } failed
            ? new(question, answer, failed.Token, FacebookErrors.ToException(failed, plugin, operation, answer.Status, wait))
            : new(question, answer, FacebookTokenState.Good, null);
    }
}
