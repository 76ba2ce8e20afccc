namespace FastEnrich.Testing;

/// <summary>What answers before the routes do, until it is disposed.</summary>
internal sealed class MockInterception(Func<MockRequest, MockResponse?> answer, Action<MockInterception> end) : IDisposable
{
    public MockResponse? Answer(MockRequest request) => answer(request);

    public void Dispose() => end(this);
}
