namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Answers with a post; one path never answers.</summary>
internal sealed class HangingHandler(string path, TaskCompletionSource hanging) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == path)
        {
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return StubHandler.Json("""{"data":[{"id":"1"}]}""");
    }
}
