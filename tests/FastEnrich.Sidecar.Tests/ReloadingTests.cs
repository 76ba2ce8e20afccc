using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Tests;

public sealed class ReloadingTests : IDisposable
{
    private readonly TemporaryFile _file = new("fastenrich.yaml", "engine: { timeout: 3s }\n");
    private readonly AnnouncingError _error = new();

    [Fact]
    public async Task RequestReload_GoodFile_AppliesItAndNamesWhatNeedsARestart()
    {
        var io = Io();
        await using var setup = await EngineSetup.CreateAsync(io, _file.Path, null, "none", TestContext.Current.CancellationToken);
        await using var reloading = new Reloading(setup, io, watch: false);
        File.WriteAllText(_file.Path, "engine: { timeout: 4s, bulk_window: 8 }\n");

        Assert.True(io.RequestReload());

        Assert.Equal("configuration read and applied", await _error.LineAsync());
        Assert.Equal("engine:bulk_window: holds from the next start on", await _error.LineAsync());
        Assert.Equal(TimeSpan.FromSeconds(4), setup.Options.Engine.Timeout);
    }

    [Fact]
    public async Task RequestReload_FileWithMistakes_ListsThemAndKeepsTheOldOne()
    {
        var io = Io();
        await using var setup = await EngineSetup.CreateAsync(io, _file.Path, null, "none", TestContext.Current.CancellationToken);
        await using var reloading = new Reloading(setup, io, watch: false);
        File.WriteAllText(_file.Path, "engine: { timeout: soon }\n");

        io.RequestReload();

        Assert.Equal("configuration refused; the old one goes on", await _error.LineAsync());
        Assert.StartsWith($"{_file.Path}:1:11: engine:timeout: ", await _error.LineAsync(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(3), setup.Options.Engine.Timeout);
    }

    [Fact]
    public async Task RequestReload_MorePluginsThanAnEngineTakes_SaysSoAndTheNextRequestIsHeard()
    {
        var io = Io();
        await using var setup = await EngineSetup.CreateAsync(io, _file.Path, null, "none", TestContext.Current.CancellationToken);
        await using var reloading = new Reloading(setup, io, watch: false);
        var sections = Enumerable.Range(0, 65).Select(i => $"  p{i}: {{ type: http, config: {{ url: 'https://w.example/{{user_id}}', fields: {{ interests: $.a }} }} }}\n");
        File.WriteAllText(_file.Path, "plugins:\n" + string.Concat(sections));

        io.RequestReload();
        Assert.Equal("configuration refused; the old one goes on (InvalidOperationException)", await _error.LineAsync());
        File.WriteAllText(_file.Path, "engine: { timeout: 4s }\n");
        io.RequestReload();

        Assert.Equal("configuration read and applied", await _error.LineAsync());
    }

    [Fact]
    public async Task RequestReload_NobodyReloads_SaysSo()
    {
        var io = Io();
        Assert.False(io.RequestReload());
        await using var setup = await EngineSetup.CreateAsync(io, _file.Path, null, "none", TestContext.Current.CancellationToken);
        await using (new Reloading(setup, io, watch: true))
        {
            Assert.True(io.RequestReload());
        }

        Assert.False(io.RequestReload());
    }

    public void Dispose()
    {
        _file.Dispose();
        _error.Dispose();
    }

    private SidecarIO Io() => new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Synchronized(_error) };

    /// <summary>Hands out the lines as they are written.</summary>
    private sealed class AnnouncingError : StringWriter
    {
        private readonly System.Threading.Channels.Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? "");

        public async Task<string> LineAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
