using FastEnrich.Registry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Registry;

public sealed class RegistryFileTests : IAsyncDisposable
{
    private static readonly TimeSpan s_saveInterval = new PluginRegistryOptions().SaveInterval;
    private readonly RegistryFixture _fixture = new();

    [Fact]
    public async Task Dispose_UsageAndReviews_AreThereAfterARestart()
    {
        var first = Start();
        first.RecordUse("crm", 41);
        first.RecordUse("crm");
        var review = first.AddReview("crm", 4, "Good \"enough\" ä 👍", "Ann")!;
        var before = first.Get("crm")!;
        await first.DisposeAsync();
        _fixture.Time.Advance(TimeSpan.FromDays(1));

        var second = Start();

        var entry = second.Get("crm")!;
        Assert.Equal(review, Assert.Single(second.GetReviews("crm")));
        Assert.Equal((42L, before.LastUsed, 4.0), (entry.TotalUsage, entry.LastUsed, entry.AverageRating!.Value));
        Assert.Equal((before.InstalledAt, before.UpdatedAt), (entry.InstalledAt, entry.UpdatedAt));
    }

    [Fact]
    public void Save_ChangesInBetween_AreWrittenAtTheInterval()
    {
        var registry = Start();
        registry.AddReview("crm", 5);
        registry.AddReview("crm", 3);
        Assert.False(File.Exists(_fixture.FilePath));

        _fixture.Time.Advance(s_saveInterval);

        Assert.Equal(2, Held()["crm"].Reviews.Count);
        var written = File.GetLastWriteTimeUtc(_fixture.FilePath);
        _fixture.Time.Advance(s_saveInterval);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_fixture.FilePath)); // nothing new, nothing written
    }

    [Fact]
    public async Task Start_NeitherFolderNorFile_WritesNothing()
    {
        var registry = Start(static options => options.Directory = null);
        registry.AddReview("crm", 5);

        Assert.False(await registry.FlushAsync());
        await registry.DisposeAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Folder));
    }

    [Fact]
    public async Task Dispose_ReadOnly_WritesNothing()
    {
        var registry = Start(static options => options.ReadOnly = true);
        registry.AddReview("crm", 5);

        await registry.DisposeAsync();

        Assert.False(File.Exists(_fixture.FilePath));
    }

    [Fact]
    public async Task Dispose_FileOption_IsWrittenThere()
    {
        var path = Path.Combine(_fixture.Folder, "elsewhere.json");
        var registry = Start(options => (options.Directory, options.File) = (null, path));
        registry.RecordUse("crm");

        await registry.DisposeAsync();

        Assert.True(File.Exists(path));
        Assert.False(File.Exists(_fixture.FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_us")]
    [InlineData("{\"format\":2,\"plugins\":{}}")]
    [InlineData("[]")]
    [InlineData("{\"format\":1,\"plugins\":{\"Planted Name\":{\"total_usage\":1,\"version\":\"\",\"reviews\":[]}}}")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_usage\":-1,\"version\":\"\",\"reviews\":[]}}}")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_usage\":1e99,\"version\":\"\",\"reviews\":[]}}}")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_usage\":1,\"version\":\"planted\",\"reviews\":[]}}}")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_usage\":1,\"version\":\"\",\"reviews\":[{\"id\":\"00000000000000000000000000000000\",\"rating\":9,\"comment\":\"\",\"version\":\"\",\"created_at\":\"2030-01-01T00:00:00Z\"}]}}}")]
    [InlineData("{\"format\":1,\"plugins\":{\"crm\":{\"total_usage\":1,\"version\":\"\",\"reviews\":[],\"reviews\":[]}}}")]
    public async Task Start_DamagedFile_IsSetAsideAndReported(string content)
    {
        File.WriteAllText(_fixture.FilePath, content);

        var registry = Start();

        var aside = Assert.Single(Directory.GetFiles(_fixture.Folder, ".registry.json.damaged-*"));
        Assert.Equal(content, File.ReadAllText(aside));
        Assert.Equal(".registry.json.damaged-20300102T030405000Z", Path.GetFileName(aside));
        Assert.Equal(1, _fixture.Loggers.Count("FileDamaged"));
        registry.RecordUse("crm", 7);
        Assert.True(await registry.FlushAsync());
        Assert.Equal(7, Held()["crm"].Usage);
    }

    [Fact]
    public async Task Flush_TwoRegistriesOnOneFile_AddUp()
    {
        var (one, two) = (Start(), Start());
        for (var i = 0; i < 20; i++)
        {
            one.RecordUse("crm", 2);
            two.RecordUse("crm", 3);
            one.AddReview("crm", 5);
            two.AddReview("crm", 3);
            Assert.True(await one.FlushAsync());
            Assert.True(await two.FlushAsync());
        }

        Assert.Equal((100L, 40), (Held()["crm"].Usage, Held()["crm"].Reviews.Count));
        Assert.True(two.Get("crm") is { TotalUsage: 100, ReviewCount: 40, AverageRating: 4.0 });
        Assert.True(one.Get("crm")!.TotalUsage < 100);
        _fixture.Time.Advance(s_saveInterval); // what others wrote is read
        Assert.True(one.Get("crm") is { TotalUsage: 100, ReviewCount: 40 });
    }

    [Fact]
    public async Task Flush_AnotherProcessHasItsTurn_WaitsForIt()
    {
        var registry = Start();
        registry.RecordUse("crm");
        var turn = new FileStream(_fixture.FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var flushing = registry.FlushAsync().AsTask();
        await Eventually.True(() => _fixture.Time.Delays.Contains(TimeSpan.FromMilliseconds(20)));
        Assert.False(flushing.IsCompleted);
        Assert.False(File.Exists(_fixture.FilePath));
        await turn.DisposeAsync();
        await Eventually.True(() =>
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(20));
            return flushing.IsCompleted;
        });

        Assert.True(await flushing);
        Assert.Equal(1, Held()["crm"].Usage);
    }

    [Fact]
    public async Task Flush_AnotherProcessNeverEndsItsTurn_GivesUpAndKeepsWhatItHas()
    {
        var registry = Start();
        registry.RecordUse("crm");
        using (new FileStream(_fixture.FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var flushing = registry.FlushAsync().AsTask();
            await Eventually.True(() =>
            {
                _fixture.Time.Advance(TimeSpan.FromMilliseconds(20));
                return flushing.IsCompleted;
            });
            Assert.False(await flushing);
        }

        Assert.True(await registry.FlushAsync());
        Assert.Equal(1, Held()["crm"].Usage);
    }

    [Fact]
    public async Task Flush_FolderIsNotThere_SaysSoOnceAndIsBackWithIt()
    {
        var missing = Path.Combine(_fixture.Folder, "missing");
        var registry = Start(options => options.Directory = missing);
        registry.RecordUse("crm");

        Assert.False(await registry.FlushAsync());
        Assert.False(await registry.FlushAsync());
        Assert.False(Directory.Exists(missing));
        Directory.CreateDirectory(missing);

        Assert.True(await registry.FlushAsync());
        Assert.Equal((1, 1), (_fixture.Loggers.Count("FileFailed"), _fixture.Loggers.Count("FileBack")));
        Assert.Equal(1, registry.Get("crm")!.TotalUsage);
    }

    [Fact]
    public async Task Save_FileWithAnImpossibleTime_SaysSoOnceAndIsBackWithoutIt()
    {
        _fixture.MoveToMemory();
        var registry = Start();
        registry.RecordUse("crm");
        Assert.True(await registry.FlushAsync());
        RegistryFixture.SetImpossibleTime(_fixture.FilePath);

        _fixture.Time.Advance(s_saveInterval); // on the timer's thread, where an exception ends the process
        _fixture.Time.Advance(s_saveInterval);
        Assert.Equal((1, 0), (_fixture.Loggers.Count("FileFailed"), _fixture.Loggers.Count("FileBack")));
        registry.RecordUse("crm");
        File.Delete(_fixture.FilePath);

        Assert.True(await registry.FlushAsync());
        Assert.Equal((1, 1L), (_fixture.Loggers.Count("FileBack"), Held()["crm"].Usage));
    }

    [Fact]
    public async Task Flush_LinkInTheFilesPlace_IsReplacedAndItsTargetLeftAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var target = Path.Combine(_fixture.Folder, "target");
        File.WriteAllText(target, "theirs");
        File.CreateSymbolicLink(_fixture.FilePath + ".new", target);
        var registry = Start();
        registry.RecordUse("crm");

        Assert.True(await registry.FlushAsync());

        Assert.Equal("theirs", File.ReadAllText(target));
        Assert.Equal(1, Held()["crm"].Usage);
    }

    [Fact]
    public async Task Flush_File_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix");
        var registry = Start();
        registry.RecordUse("crm");

        Assert.True(await registry.FlushAsync());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_fixture.FilePath));
    }

    [Fact]
    public void Merge_TooMuchText_TheOldestReviewsMakeRoom()
    {
        var text = new string('c', PluginReview.MaxComment);
        StoredPlugin Plugin(int seed) => new()
        {
            Reviews = [.. Enumerable.Range(0, 1000).Select(i => new PluginReview { Id = $"{seed:x16}{i:x16}", Rating = 1, Comment = text, CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds((seed * 10_000) + i) })],
        };

        var merged = StoreMerge.Add(new Dictionary<string, StoredPlugin>(), Enumerable.Range(0, 6).ToDictionary(static i => $"p{i}", Plugin));

        Assert.Empty(merged["p0"].Reviews);
        Assert.Equal(1000, merged["p5"].Reviews.Count);
        Assert.InRange(merged.Values.Sum(static plugin => plugin.Reviews.Count), 3500, StoreMerge.MaxReviewText / 2000);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private PluginRegistry Start(Action<PluginRegistryOptions>? configure = null)
    {
        var registry = _fixture.Create(configure);
        registry.Register(RegistryFixture.Descriptor("crm"));
        registry.Start();
        return registry;
    }

    private Dictionary<string, StoredPlugin> Held() => StoreFormat.TryRead(File.ReadAllBytes(_fixture.FilePath))!;
}
