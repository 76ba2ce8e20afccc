using FastEnrich.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Configuration;

public sealed class FileWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);

    private readonly WatchedTime _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly string _directory = Directory.CreateTempSubdirectory("fastenrich-").FullName;
    private readonly SemaphoreSlim _changed = new(0);
    private FileWatch? _watch;
    private int _changes;
    private bool _settles = true;
    private int _step;

    [Fact]
    public async Task Look_ContentChanges_TellsOnceItHasSettled()
    {
        var file = Write("a.yaml", "one");
        Watch(file);
        Write("a.yaml", "half");
        await StepAsync(s_interval);
        await _time.Delay(_step + 1);
        Write("a.yaml", "whole");

        await StepAsync(s_settle);
        await StepAsync(s_settle);

        await ChangedAsync();
        await StepAsync(s_interval);
        await _time.Delay(_step + 1);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public async Task Look_FileIsTouchedAndReplacedByTheSame_TellsNothing()
    {
        var file = Write("a.yaml", "one");
        Watch(file);
        File.Move(Write("b.yaml", "one"), file, overwrite: true);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await StepAsync(s_interval);
        Assert.Equal(s_interval, await _time.Delay(_step + 1)); // it did not wait for anything to settle

        Assert.Equal(0, _changes);
    }

    [Fact]
    public async Task Look_FileIsRenamedOver_Tells()
    {
        var file = Write("a.yaml", "one");
        Watch(file);
        File.Move(Write("b.yaml", "two"), file, overwrite: true);

        await StepAsync(s_interval);
        await StepAsync(s_settle);

        await ChangedAsync();
    }

    [Fact]
    public async Task Look_LinkedDirectoryIsSwapped_Tells()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        foreach (var version in (string[])["v1", "v2"])
        {
            Directory.CreateDirectory(Path.Combine(_directory, version));
            Write($"{version}/a.yaml", version);
        }

        var data = Path.Combine(_directory, "..data");
        Directory.CreateSymbolicLink(data, "v1");
        var file = File.CreateSymbolicLink(Path.Combine(_directory, "a.yaml"), "..data/a.yaml").FullName; // as Kubernetes mounts a ConfigMap
        Watch(file);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "v2");

        await StepAsync(s_interval);
        await StepAsync(s_settle);

        await ChangedAsync();
    }

    [Fact]
    public async Task Look_FileGoesAndComes_TellsBoth()
    {
        var file = Write("a.yaml", "one");
        Watch(file);
        File.Delete(file);
        await StepAsync(s_interval);
        await StepAsync(s_settle);
        await ChangedAsync();
        Write("a.yaml", "one");
        await StepAsync(s_interval);
        await StepAsync(s_settle);

        await ChangedAsync();
    }

    [Fact]
    public async Task Changed_IsNotSettled_IsCalledAgainWithBackOffUntilItIs()
    {
        var file = Write("a.yaml", "one");
        Watch(file);
        _settles = false;
        Write("a.yaml", "two");
        await StepAsync(s_interval);
        await StepAsync(s_settle);
        await ChangedAsync();

        await StepAsync(s_interval * 2);
        await ChangedAsync();
        _settles = true;
        await StepAsync(s_interval * 4);
        await ChangedAsync();
        await StepAsync(s_interval);

        Assert.Equal(3, _changes);
    }

    [Fact]
    public async Task Changed_Throws_TheNextChangeIsToldToo()
    {
        var file = Write("a.yaml", "one");
        _watch = new FileWatch(() => [file], async token => await TellAsync(token) ? throw new NotSupportedException("a host's callback") : true, s_interval, _time, hints: false);
        foreach (var text in (string[])["two", "three"])
        {
            Write("a.yaml", text);
            await StepAsync(s_interval);
            await StepAsync(s_settle);
            await ChangedAsync();
        }

        Assert.Equal(2, _changes);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/\0")]
    public async Task Look_ConfigurationNamesWhatIsNoFile_TheOthersAreWatchedAllTheSame(string noFile)
    {
        var file = Write("a.yaml", "one");
        _watch = new FileWatch(() => [file, noFile], TellAsync, s_interval, _time);
        Write("a.yaml", "two");

        await Eventually.True(() =>
        {
            _time.Advance(s_interval);
            return _changes > 0;
        });
    }

    [Fact]
    public async Task Hint_TheFileSystemTells_NeedsNoLook()
    {
        var file = Write("a.yaml", "one");
        _watch = new FileWatch(() => [file], TellAsync, TimeSpan.FromDays(1), TimeProvider.System);
        Assert.SkipUnless(_watch.IsHinted, "the system has no watch left for this user");

        Write("a.yaml", "two");

        await ChangedAsync();
    }

    [Fact]
    public async Task Hint_FileInAFolderThatIsNamedLater_NeedsNoLook()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory, "later")).FullName;
        var (file, later) = (Write("a.yaml", "one"), Path.Combine(folder, "secret"));
        File.WriteAllText(later, "one");
        string[] files = [file];
        _watch = new FileWatch(() => files, TellAsync, TimeSpan.FromDays(1), TimeProvider.System);
        Assert.SkipUnless(_watch.IsHinted, "the system has no watch left for this user");
        files = [file, later];
        Write("a.yaml", "two");
        await ChangedAsync();

        File.WriteAllText(later, "two");

        await ChangedAsync();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _watch!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private void Watch(string file) => _watch = new FileWatch(() => [file], TellAsync, s_interval, _time, hints: false);

    private Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        _changed.Release();
        return Task.FromResult(_settles);
    }

    private async Task ChangedAsync() => Assert.True(await _changed.WaitAsync(TimeSpan.FromSeconds(30)));

    /// <summary>Waits until the watch pauses for that long, and lets that time pass.</summary>
    private async Task StepAsync(TimeSpan pause)
    {
        Assert.Equal(pause, await _time.Delay(++_step));
        _time.Advance(pause);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
