namespace FastEnrich;

/// <summary>Returns profiles of users. Thread-safe; one instance serves a process.</summary>
public interface IProfileEnricher
{
    /// <summary>Returns a user's profile from memory, else from the second tier, else from the upstreams; partial at the deadline rather than late.</summary>
    /// <param name="userId">The user: 1 to 512 UTF-8 bytes of well-formed text.</param>
    /// <param name="cancellationToken">Ends this caller's wait with an <see cref="OperationCanceledException"/>; the fetch goes on for others.</param>
    /// <returns>The profile. A warm one completes synchronously and allocates nothing.</returns>
    /// <exception cref="ArgumentException">The id is empty, too long or not well-formed.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    ValueTask<EnrichedProfile> EnrichAsync(string userId, CancellationToken cancellationToken = default);

    /// <summary>Returns a user's profile as the options say.</summary>
    /// <inheritdoc cref="EnrichAsync(string, CancellationToken)"/>
    /// <param name="userId">The user: 1 to 512 UTF-8 bytes of well-formed text.</param>
    /// <param name="options">Deadline, plugins, mode and largest age.</param>
    /// <param name="cancellationToken">Ends this caller's wait with an <see cref="OperationCanceledException"/>; the fetch goes on for others.</param>
    ValueTask<EnrichedProfile> EnrichAsync(string userId, EnrichOptions options, CancellationToken cancellationToken = default);

    /// <summary>Returns the profile of a user that is also known by other names.</summary>
    /// <inheritdoc cref="EnrichAsync(string, CancellationToken)"/>
    /// <param name="request">The user and its identities.</param>
    /// <param name="options">Deadline, plugins, mode, largest age, and whether the identities can be trusted.</param>
    /// <param name="cancellationToken">Ends this caller's wait with an <see cref="OperationCanceledException"/>; the fetch goes on for others.</param>
    ValueTask<EnrichedProfile> EnrichAsync(EnrichmentRequest request, EnrichOptions options = default, CancellationToken cancellationToken = default);

    /// <summary>Returns the profiles of a stream of users through a bounded window; memory does not depend on the stream's length.</summary>
    /// <param name="requests">The users. A user that occurs twice at once is fetched once.</param>
    /// <param name="options">The order, and how each user is enriched.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>One profile for each request, in order unless asked otherwise.</returns>
    IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<EnrichmentRequest> requests, BulkOptions options = default, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="EnrichManyAsync(IAsyncEnumerable{EnrichmentRequest}, BulkOptions, CancellationToken)"/>
    /// <param name="userIds">The users' ids.</param>
    /// <param name="options">The order, and how each user is enriched.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    IAsyncEnumerable<EnrichedProfile> EnrichManyAsync(IAsyncEnumerable<string> userIds, BulkOptions options = default, CancellationToken cancellationToken = default);

    /// <summary>Fetches users into memory, at the pace of bulk work, and ends when all have settled.</summary>
    /// <param name="userIds">The users' ids.</param>
    /// <param name="cancellationToken">Ends the wait; what has begun goes on.</param>
    /// <returns>A task that ends when all have settled.</returns>
    ValueTask PrefetchAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Says what this instance holds of a user, without asking anybody.</summary>
    /// <param name="userId">The user's id.</param>
    /// <returns>What is held; <see langword="null"/> for nothing.</returns>
    ProfileInspection? Inspect(string userId);

    /// <summary>Fetches a user's results anew and returns the profile.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="plugins">Which results; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The profile.</returns>
    ValueTask<EnrichedProfile> RefreshAsync(string userId, IReadOnlyList<string>? plugins = null, CancellationToken cancellationToken = default);

    /// <summary>Erases a user: what is held is gone, and what is in flight is neither stored nor served.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="cancellationToken">Ends the wait for the second tier's confirmation.</param>
    /// <returns>What is confirmed.</returns>
    ValueTask<ForgetReceipt> ForgetAsync(string userId, CancellationToken cancellationToken = default);
}
