using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

/// <summary>Starts fake children, each with the beginning that the test chose.</summary>
internal sealed class FakeLauncher(Action<FakeChild, int> begin) : IChildLauncher
{
    private readonly List<FakeChild> _children = [];

    public Exception? Failure { get; set; }

    public int Attempts { get; private set; }

    public FakeChild[] Children
    {
        get
        {
            lock (_children)
            {
                return [.. _children];
            }
        }
    }

    public IChildProcess Launch(string plugin, ProcessOptions options)
    {
        Attempts++;
        if (Failure is not null)
        {
            throw Failure;
        }

        var child = new FakeChild();
        lock (_children)
        {
            _children.Add(child);
        }

        begin(child, Attempts);
        return child;
    }

    public async Task<FakeChild> Child(int number)
    {
        await Fakes.Eventually.True(() => Children.Length >= number);
        return Children[number - 1];
    }
}
