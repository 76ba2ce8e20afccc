namespace FastEnrich;

/// <summary>
/// Fetches what one external system knows of a user. One instance serves all users, from many threads at once.
/// </summary>
/// <remarks>
/// Name and metadata are the generated descriptor's. The engine caches, retries, limits and times out; a plugin asks its upstream and maps the answer.
/// </remarks>
public interface IEnrichmentPlugin : IAsyncDisposable
{
    /// <summary>
    /// Gets the identities that this instance, as configured, looks users up by; a subset of what <see cref="NeedsAttribute"/> declares.
    /// </summary>
    /// <value>The default, <see langword="null"/>, means all declared ones. A listed identity is required unless its declaration is optional.</value>
    IReadOnlyCollection<string>? LookupIdentities => null;

    /// <summary>
    /// Gets the identities that this instance, as configured, can bring; a subset of what <see cref="ProvidesAttribute"/> declares. Plugins that need one of them wait for it.
    /// </summary>
    /// <value>The default, <see langword="null"/>, means all declared ones. What the instance itself looks users up by is nothing that others wait for.</value>
    IReadOnlyCollection<string>? ProvidedIdentities => null;

    /// <summary>Gets how many requests a second this instance, as configured, may send to its upstream; the engine keeps to it.</summary>
    /// <value>More than zero; the default, <see langword="null"/>, means no limit.</value>
    double? RateLimit => null;

    /// <summary>Prepares the plugin: checks credentials, fetches what all calls share. Called once before the first enrichment, again after a failure.</summary>
    /// <param name="cancellationToken">Signalled when the connect budget ends or the host stops.</param>
    /// <returns>A task that ends when the plugin can be used.</returns>
    ValueTask ConnectAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Fetches one user.</summary>
    /// <param name="request">The user, the identities to look it up by, and the previous result.</param>
    /// <param name="cancellationToken">Signalled when the flight's own budget ends or the host stops; never by a caller.</param>
    /// <returns>What was found; the engine owns it from then on.</returns>
    /// <exception cref="PluginException">The upstream failed. Any other exception counts as a retryable <see cref="PluginErrorCode.ConnectionError"/>.</exception>
    ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the upstream for its health. The default, <see langword="null"/>, leaves the verdict to the engine:
    /// connected, and no error in the last five minutes.
    /// </summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns><see langword="true"/> or <see langword="false"/>, or <see langword="null"/> for no opinion.</returns>
    ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken) => new((bool?)null);

    /// <inheritdoc/>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
