namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One command on its way to the server and back.</summary>
internal sealed class SimCommand(string name, Func<object?> execute, DateTimeOffset sentAt)
{
    private readonly TaskCompletionSource<object?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private object? _result;
    private Exception? _failure;

    public string Name { get; } = name;

    public DateTimeOffset SentAt { get; } = sentAt;

    /// <summary>Gets whether the client waits no longer; the server may do it nevertheless.</summary>
    public bool IsGivenUp => _answer.Task.IsCompleted;

    public Task<object?> Answer => _answer.Task;

    public void Execute()
    {
        try
        {
            _result = execute();
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    public void Reply()
    {
        if (_failure is not null)
        {
            Fail(_failure);
        }
        else
        {
            _answer.TrySetResult(_result);
        }
    }

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
