using System.Collections;

namespace FastEnrich.Testing;

/// <summary>The last requests of a mock server, oldest first. Thread-safe; enumerating sees the log as it is at that moment.</summary>
public sealed class MockRequestLog : IReadOnlyCollection<MockRequest>
{
    private readonly Lock _lock = new();
    private readonly Queue<MockRequest> _requests = new();
    private readonly List<(Func<MockRequest, bool> Wanted, TaskCompletionSource<MockRequest> Found)> _waiting = [];
    private readonly int _capacity;
    private long _dropped;

    internal MockRequestLog(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Gets the number of requests in the log.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>Gets the number of requests that the log had no room for any more.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <summary>Empties the log.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _dropped = 0;
        }
    }

    /// <summary>Waits for a request; one that is in the log already counts.</summary>
    /// <param name="wanted">Which; any when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request.</returns>
    public Task<MockRequest> WaitAsync(Func<MockRequest, bool>? wanted = null, CancellationToken cancellationToken = default)
    {
        wanted ??= static _ => true;
        lock (_lock)
        {
            if (_requests.FirstOrDefault(wanted) is { } found)
            {
                return Task.FromResult(found);
            }

            var waiting = new TaskCompletionSource<MockRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, waiting));
            return waiting.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Finds requests by method and path.</summary>
    /// <param name="method">The method, <c>*</c> for any.</param>
    /// <param name="pattern">The path, with placeholders as in <see cref="MockServer.Map"/>.</param>
    /// <returns>The requests, oldest first.</returns>
    public IReadOnlyList<MockRequest> Find(string method, string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var path = new MockPattern(pattern);
        return [.. this.Where(request => (method == "*" || string.Equals(method, request.Method, StringComparison.OrdinalIgnoreCase))
            && path.TryMatch(request.Segments, out _))];
    }

    /// <summary>Fails unless there were so many requests by method and path.</summary>
    /// <param name="method">The method, <c>*</c> for any.</param>
    /// <param name="pattern">The path, with placeholders as in <see cref="MockServer.Map"/>.</param>
    /// <param name="times">How many; at least one when <see langword="null"/>.</param>
    /// <returns>The requests, oldest first.</returns>
    /// <exception cref="ConformanceException">There were more or fewer; the message lists all requests.</exception>
    public IReadOnlyList<MockRequest> AssertCalled(string method, string pattern, int? times = null)
    {
        var found = Find(method, pattern);
        if (times is { } wanted ? found.Count != wanted : found.Count == 0)
        {
            var expected = times?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "at least one";
            throw new ConformanceException($"expected {expected} request(s) {method} {pattern}, found {found.Count} among:{Listing()}");
        }

        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<MockRequest> GetEnumerator()
    {
        lock (_lock)
        {
            return ((IEnumerable<MockRequest>)_requests.ToArray()).GetEnumerator();
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(MockRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count == _capacity)
            {
                _requests.Dequeue();
                _dropped++;
            }

            _requests.Enqueue(request);
            _waiting.RemoveAll(waiting => waiting.Found.Task.IsCompleted || (waiting.Wanted(request) && waiting.Found.TrySetResult(request)));
        }
    }

    private string Listing() => Count == 0 ? " none" : string.Concat(this.Take(50).Select(static request => $"{Environment.NewLine}  {request}"));
}
