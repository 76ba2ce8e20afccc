namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Does something before each request goes over its real connection.</summary>
internal sealed class BeforeHandler(Action<HttpRequestMessage> before) : DelegatingHandler(UpstreamClient.CreateHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        before(request);
        return base.SendAsync(request, cancellationToken);
    }
}
