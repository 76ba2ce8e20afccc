using System.Text;

namespace FastEnrich.Testing;

/// <summary>One route of a mock server: which requests, and what they get. Set it up before the requests come; answering is thread-safe.</summary>
public sealed class MockRoute
{
    private readonly string _method;
    private readonly MockPattern _pattern;
    private readonly List<(string Text, Func<MockRequest, bool> Holds)> _conditions = [];
    private Func<MockRequest, int, MockResponse> _answer = static (_, _) => MockResponse.Empty(200);
    private int _calls;

    internal MockRoute(string method, string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        _method = method.ToUpperInvariant();
        _pattern = new MockPattern(pattern);
    }

    /// <summary>Gets how many requests the route has answered.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Takes only requests with a value in the query.</summary>
    /// <param name="name">The name, not escaped.</param>
    /// <param name="value">The value, not escaped; <see langword="null"/> for any.</param>
    /// <returns>This route.</returns>
    public MockRoute WithQuery(string name, string? value = null) =>
        When(value is null ? $"?{name}" : $"?{name}={value}", request => request.Query.Any(pair => pair.Key == name && (value is null || pair.Value == value)));

    /// <summary>Takes only requests with a header.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="value">The value; <see langword="null"/> for any.</param>
    /// <returns>This route.</returns>
    public MockRoute WithHeader(string name, string? value = null) =>
        When($"header {name}", request => request.Header(name) is { } found && (value is null || found == value)); // a credential must not stand in a report

    /// <summary>Takes only requests whose body is as wanted.</summary>
    /// <param name="body">Says whether a body is.</param>
    /// <returns>This route.</returns>
    public MockRoute WithBody(Func<string, bool> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return When("body", request => body(request.BodyText));
    }

    /// <summary>Takes only requests that are as wanted.</summary>
    /// <param name="description">What is wanted, for reports.</param>
    /// <param name="condition">Says whether a request is.</param>
    /// <returns>This route.</returns>
    public MockRoute When(string description, Func<MockRequest, bool> condition)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        ArgumentNullException.ThrowIfNull(condition);
        _conditions.Add((description, condition));
        return this;
    }

    /// <summary>Answers the first request with the first response, the second with the second, and all others with the last.</summary>
    /// <param name="responses">The responses, at least one.</param>
    /// <returns>This route.</returns>
    public MockRoute Respond(params MockResponse[] responses)
    {
        ArgumentNullException.ThrowIfNull(responses);
        ArgumentOutOfRangeException.ThrowIfZero(responses.Length, nameof(responses));
        _answer = (_, call) => responses[Math.Min(call, responses.Length) - 1];
        return this;
    }

    /// <summary>Answers each request with what a function makes of it.</summary>
    /// <param name="answer">The function; it runs on many threads at once.</param>
    /// <returns>This route.</returns>
    public MockRoute Respond(Func<MockRequest, MockResponse> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _answer = (request, _) => answer(request);
        return this;
    }

    /// <summary>Returns method, path and conditions.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        var text = new StringBuilder().Append(_method).Append(' ').Append(_pattern.Text);
        _conditions.ForEach(condition => text.Append(", ").Append(condition.Text));
        return text.ToString();
    }

    internal MockResponse? TryAnswer(MockRequest request)
    {
        if ((_method != "*" && _method != request.Method) || !_pattern.TryMatch(request.Segments, out var values)
            || !_conditions.TrueForAll(condition => condition.Holds(request)))
        {
            return null;
        }

        request.MatchedBy(ToString(), values);
        return _answer(request, Interlocked.Increment(ref _calls));
    }
}
