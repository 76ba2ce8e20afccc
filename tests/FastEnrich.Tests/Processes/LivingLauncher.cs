using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

/// <summary>Starts fake children that live: each shakes hands as it was configured, answers what it is asked, and ends when it is told to.</summary>
internal sealed class LivingLauncher : IChildLauncher, IServiceProvider
{
    private readonly Lock _lock = new();
    private readonly List<(ProcessOptions Options, FakeChild Child)> _launched = [];

    /// <summary>Gets or sets what keeps a child from starting.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets or sets what a child waits for before it shakes hands.</summary>
    public Task Handshake { get; set; } = Task.CompletedTask;

    public (ProcessOptions Options, FakeChild Child)[] Launched
    {
        get
        {
            lock (_lock)
            {
                return [.. _launched];
            }
        }
    }

    public object? GetService(Type serviceType) => serviceType == typeof(IChildLauncher) ? this : null;

    public IChildProcess Launch(string plugin, ProcessOptions options)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        var child = new FakeChild();
        lock (_lock)
        {
            _launched.Add((options, child));
        }

        _ = LiveAsync(child, plugin, options);
        return child;
    }

    private static string List(IEnumerable<string> words) => $"[{string.Join(',', words.Select(static word => $"\"{word}\""))}]";

    private async Task LiveAsync(FakeChild child, string plugin, ProcessOptions options)
    {
        await Handshake;
        var needs = List(options.Needs.Select(static need => need.Optional ? $"{need.Name}?" : need.Name));
        var provides = List(options.Provides);
        child.Say($$"""{"type":"hello","protocol":1,"name":"{{plugin}}","version":"{{options.Version ?? "1.0.0"}}","batch_size":1000,"needs":{{needs}},"provides":{{provides}}}""");
        while (true)
        {
            var message = await child.HearAsync();
            var id = message.TryGetProperty("id", out var number) ? number.GetInt64() : 0;
            switch (message.GetProperty("type").GetString())
            {
                case "ping":
                    child.Say($$"""{"type":"pong","id":{{id}}}""");
                    break;
                case "enrich":
                    child.Say($$"""{"type":"result","id":{{id}},"status":"found","enrichment":{"demographics":{"city":"{{options.Command[^1]}}"} } }""");
                    break;
                case "shutdown":
                    child.Exit(0);
                    return;
            }
        }
    }
}
