using System.Globalization;
using System.Text;

namespace FastEnrich.Testing;

/// <summary>What a mock server answers. Immutable; one may stand in many routes.</summary>
public sealed record MockResponse
{
    /// <summary>Gets the status.</summary>
    /// <value>From 200 to 599. The default is 200.</value>
    public int Status { get; init; } = 200;

    /// <summary>Gets the content type; <see langword="null"/> for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets how long the server waits before it answers, by its own clock.</summary>
    /// <value>Zero or more. The default is zero.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// Gets what the server waits for before it answers, as the task of a <see cref="TaskCompletionSource"/> of the test's; <see langword="null"/> for nothing.
    /// </summary>
    public Task? Gate { get; init; }

    /// <summary>Gets what the server does instead of answering whole and at once.</summary>
    public MockFault Fault { get; init; }

    /// <summary>Gets the size of a piece of <see cref="MockFault.Drip"/>.</summary>
    /// <value>At least 1 byte. The default is 1.</value>
    public int DripBytes { get; init; } = 1;

    /// <summary>Gets the pause between two pieces of <see cref="MockFault.Drip"/>, by the server's clock.</summary>
    /// <value>Zero or more. The default is 100 milliseconds.</value>
    public TimeSpan DripInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets the size of <see cref="MockFault.HugeBody"/>.</summary>
    /// <value>Zero or more bytes. The default is 50 MiB.</value>
    public long HugeBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Answers with JSON.</summary>
    /// <param name="json">The JSON, sent as it stands.</param>
    /// <param name="status">The status.</param>
    /// <returns>The answer.</returns>
    public static MockResponse Json(string json, int status = 200) => Text(json, "application/json", status);

    /// <summary>Answers with text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="status">The status.</param>
    /// <returns>The answer.</returns>
    public static MockResponse Text(string text, string contentType = "text/plain", int status = 200) =>
        new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>Answers with a status alone.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">What <c>Retry-After</c> says, in whole seconds; <see langword="null"/> for no such header.</param>
    /// <returns>The answer.</returns>
    public static MockResponse Empty(int status, TimeSpan? retryAfter = null)
    {
        var response = new MockResponse { Status = status };
        return retryAfter is { } wait ? response.WithHeader("Retry-After", ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)) : response;
    }

    /// <summary>Sends the client to another address.</summary>
    /// <param name="location">The address.</param>
    /// <returns>The answer, of status 302.</returns>
    public static MockResponse Redirect(string location) => new MockResponse { Status = 302 }.WithHeader("Location", location);

    /// <summary>Answers with a page of HTML where JSON was expected.</summary>
    /// <returns>The answer, of status 200.</returns>
    public static MockResponse Garbage() => Text("<html><body>this is not what you asked for</body></html>", "text/html");

    /// <summary>Never answers.</summary>
    /// <returns>The answer that does not come.</returns>
    public static MockResponse Hang() => new() { Fault = MockFault.Hang };

    /// <summary>Resets the connection before a byte of the answer.</summary>
    /// <returns>The answer that does not come.</returns>
    public static MockResponse Reset() => new() { Fault = MockFault.Reset };

    /// <summary>Sends a body of blanks.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>The answer, of status 200.</returns>
    public static MockResponse Huge(long bytes = 50 * 1024 * 1024) => new() { ContentType = "application/json", Fault = MockFault.HugeBody, HugeBytes = bytes };

    /// <summary>Breaks off in the middle of the body.</summary>
    /// <returns>This answer with the fault.</returns>
    public MockResponse Truncated() => this with { Fault = MockFault.TruncatedBody };

    /// <summary>Sends the body slowly.</summary>
    /// <param name="bytes">The size of a piece, at least 1.</param>
    /// <param name="interval">The pause between two pieces, by the server's clock.</param>
    /// <returns>This answer with the fault.</returns>
    public MockResponse Dripping(int bytes, TimeSpan interval) => this with { Fault = MockFault.Drip, DripBytes = Math.Max(1, bytes), DripInterval = interval };

    /// <summary>Adds a header.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This answer with the header.</returns>
    public MockResponse WithHeader(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };

    /// <summary>Waits before answering.</summary>
    /// <param name="delay">How long, by the server's clock.</param>
    /// <returns>This answer with the delay.</returns>
    public MockResponse After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>Waits for a signal of the test's before answering.</summary>
    /// <param name="gate">The signal.</param>
    /// <returns>This answer with the gate.</returns>
    public MockResponse Behind(Task gate) => this with { Gate = gate };
}
