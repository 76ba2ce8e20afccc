using System.Net;
using System.Net.Http.Headers;

namespace FastEnrich.Testing;

/// <summary>
/// An upstream that fails on purpose, in front of a real or a pretended one: give it to an <see cref="UpstreamClient"/>. Switches are asked in the order of
/// their declaration. Thread-safe.
/// </summary>
public sealed class ChaosUpstream : DelegatingHandler
{
    private const string Garbage = "<html><body>this is not what you asked for</body></html>";

    /// <summary>Initializes an upstream that works.</summary>
    /// <param name="inner">What answers; disposed with this.</param>
    /// <param name="seed">What the draws of all switches follow from.</param>
    /// <param name="timeProvider">The clock of delays; the system's when <see langword="null"/>.</param>
    public ChaosUpstream(HttpMessageHandler inner, int seed = 1, TimeProvider? timeProvider = null)
        : base(inner)
    {
        Refuse = new ChaosSwitch(unchecked(seed * 31), timeProvider);
        Hang = new ChaosSwitch(unchecked((seed * 31) + 1), timeProvider);
        Error = new ChaosSwitch(unchecked((seed * 31) + 2), timeProvider);
        Cut = new ChaosSwitch(unchecked((seed * 31) + 3), timeProvider);
        Garble = new ChaosSwitch(unchecked((seed * 31) + 4), timeProvider);
    }

    /// <summary>Gets the switch of connections that are refused. Its delay is the upstream's latency.</summary>
    public ChaosSwitch Refuse { get; }

    /// <summary>Gets the switch of calls that never answer; they end when their token is signalled.</summary>
    public ChaosSwitch Hang { get; }

    /// <summary>Gets the switch of calls that are answered with <see cref="ErrorStatus"/>.</summary>
    public ChaosSwitch Error { get; }

    /// <summary>Gets the switch of answers that break off in the middle of their body.</summary>
    public ChaosSwitch Cut { get; }

    /// <summary>Gets the switch of answers whose body is a page of HTML.</summary>
    public ChaosSwitch Garble { get; }

    /// <summary>Gets or sets the status of <see cref="Error"/>.</summary>
    /// <value>The default is 503.</value>
    public HttpStatusCode ErrorStatus { get; set; } = HttpStatusCode.ServiceUnavailable;

    /// <summary>Gets or sets the <c>Retry-After</c> of <see cref="Error"/>.</summary>
    /// <value>Whole seconds are sent. <see langword="null"/>, the default, for none.</value>
    public TimeSpan? RetryAfter { get; set; }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await Refuse.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the connection was refused on purpose");
        }

        if (await Hang.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        if (await Error.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            return Failed();
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (await Cut.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            await CutAsync(response, cancellationToken).ConfigureAwait(false);
        }
        else if (await Garble.PassAsync(cancellationToken).ConfigureAwait(false))
        {
            response.Content = new StringContent(Garbage, new MediaTypeHeaderValue("text/html"));
        }

        return response;
    }

    private static async Task CutAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        response.Content = new StreamContent(new CutStream(body[..(body.Length / 2)]));
    }

    private HttpResponseMessage Failed()
    {
        var response = new HttpResponseMessage(ErrorStatus);
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        }

        return response;
    }
}
