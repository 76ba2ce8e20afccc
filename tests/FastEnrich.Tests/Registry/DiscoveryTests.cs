using FastEnrich.Registry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Registry;

public sealed class DiscoveryTests : IAsyncDisposable
{
    private readonly RegistryFixture _fixture = new();

    [Fact]
    public void Start_FolderWithManifests_KnowsThem()
    {
        _fixture.WriteGood("loyalty", "1.2.0", ",\"tags\":[\"crm\"]");
        Directory.CreateDirectory(Path.Combine(_fixture.Folder, "empty"));
        File.WriteAllText(Path.Combine(_fixture.Folder, "readme.txt"), "no plugin");

        var entry = Assert.Single(_fixture.Start().Search().Plugins);

        Assert.Equal(("loyalty", RegistryState.Installed, RegistrySource.Folder, "1.2.0"), (entry.Name, entry.State, entry.Source, entry.Manifest!.Version.ToString()));
        Assert.Equal(1, _fixture.Loggers.Count("ManifestRead"));
    }

    [Fact]
    public void Rescan_BrokenManifest_KeepsTheLastGoodOneAndLogsOnce()
    {
        _fixture.WriteGood("loyalty", "1.2.0");
        var registry = _fixture.Start();

        _fixture.Write("loyalty", """{"name":"loyalty","version":"planted"}""");
        for (var i = 0; i < 5; i++)
        {
            registry.Rescan();
        }

        var entry = registry.Get("loyalty")!;
        Assert.Equal(("1.2.0", RegistryState.Installed, "version"), (entry.Manifest!.Version.ToString(), entry.State, Assert.Single(entry.Errors).Path));
        Assert.Equal(1, _fixture.Loggers.Count("ManifestBroken"));
        Assert.DoesNotContain(_fixture.Loggers.Lines, static line => line.Contains("planted"));
    }

    [Fact]
    public void Rescan_ManifestBrokenFromTheStartThenMended_LeavesTheErrorState()
    {
        _fixture.Write("loyalty", "{");
        var registry = _fixture.Start();
        Assert.True(registry.Get("loyalty") is { State: RegistryState.Error, Manifest: null });

        _fixture.WriteGood("loyalty");
        registry.Rescan();

        Assert.True(registry.Get("loyalty") is { State: RegistryState.Installed, Errors.Count: 0 });
    }

    [Fact]
    public void Rescan_NewVersion_IsTakenWithItsDate()
    {
        _fixture.WriteGood("loyalty", "1.0.0");
        var registry = _fixture.Start();
        var before = registry.Get("loyalty")!;
        _fixture.Time.Advance(TimeSpan.FromMinutes(5));

        _fixture.WriteGood("loyalty", "1.1.0");
        registry.Rescan();

        var entry = registry.Get("loyalty")!;
        Assert.Equal("1.1.0", entry.Manifest!.Version.ToString());
        Assert.Equal((before.InstalledAt, before.UpdatedAt.AddMinutes(5)), (entry.InstalledAt, entry.UpdatedAt));
    }

    [Fact]
    public void Rescan_PluginGone_IsForgottenUnlessItWasUsed()
    {
        _fixture.WriteGood("unused");
        _fixture.WriteGood("used");
        var registry = _fixture.Start();
        registry.RecordUse("used");

        Directory.Delete(Path.Combine(_fixture.Folder, "unused"), recursive: true);
        Directory.Delete(Path.Combine(_fixture.Folder, "used"), recursive: true);
        registry.Rescan();

        Assert.Null(registry.Get("unused"));
        Assert.True(registry.Get("used") is { State: RegistryState.Uninstalled, TotalUsage: 1 });
        _fixture.WriteGood("used");
        registry.Rescan();
        Assert.True(registry.Get("used") is { State: RegistryState.Installed, TotalUsage: 1 });
    }

    [Fact]
    public void Rescan_FolderGone_ForgetsItsPlugins()
    {
        var folder = Path.Combine(_fixture.Folder, "plugins");
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        File.WriteAllText(Path.Combine(folder, "a", "plugin.json"), RegistryFixture.Json("a"));
        var registry = _fixture.Start(options => options.Directory = folder);
        Assert.NotNull(registry.Get("a"));

        Directory.Delete(folder, recursive: true);
        registry.Rescan();

        Assert.Null(registry.Get("a"));
    }

    [Fact]
    public async Task Watch_ChangeReported_IsReadOnceTheFolderIsQuiet()
    {
        var registry = _fixture.Start(static options => options.RescanInterval = TimeSpan.FromHours(12));
        Assert.SkipUnless(registry.IsListening, "the system has no watch left for this user");

        _fixture.WriteGood("loyalty");
        await Eventually.True(() => registry.HasHint);
        Assert.Null(registry.Get("loyalty"));

        await Eventually.True(() =>
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(250)); // a later event may have begun the quiet moment anew
            return registry.Get("loyalty") is not null;
        });
        Assert.True(_fixture.Time.GetUtcNow() < new DateTimeOffset(2030, 1, 2, 15, 0, 0, TimeSpan.Zero), "the watch found it, not the look at intervals");
    }

    [Fact]
    public void Watch_NoEventAtAll_IsFoundAtTheInterval()
    {
        var later = Path.Combine(_fixture.Folder, "later");
        var registry = _fixture.Start(options => options.Directory = later);

        Directory.CreateDirectory(Path.Combine(later, "a"));
        File.WriteAllText(Path.Combine(later, "a", "plugin.json"), RegistryFixture.Json("a"));
        Assert.Null(registry.Get("a"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(registry.Get("a"));
    }

    [Fact]
    public void Watch_ManifestWithAnImpossibleTime_IsAnErrorOfThatPluginAlone()
    {
        _fixture.MoveToMemory();
        var registry = _fixture.Start();
        RegistryFixture.SetImpossibleTime(Path.Combine(_fixture.WriteGood("loyalty"), "plugin.json"));
        _fixture.WriteGood("other");

        _fixture.Time.Advance(TimeSpan.FromSeconds(5)); // on the timer's thread, where an exception ends the process

        Assert.Equal("$: cannot be read (ArgumentOutOfRangeException)", Assert.Single(registry.Get("loyalty")!.Errors).ToString());
        Assert.Equal(RegistryState.Installed, registry.Get("other")!.State);
    }

    [Fact]
    public void Watch_FilesLargerThanAnyNumber_AreAnErrorOfThatPluginAlone()
    {
        _fixture.MoveToMemory();
        var folder = _fixture.WriteGood("loyalty");
        foreach (var name in (string[])["a", "b"])
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }

        var checksum = FolderChecksum.TryCompute(folder, _fixture.Folder, out _);
        _fixture.WriteGood("loyalty", more: $",\"checksum\":\"{checksum}\"");
        var registry = _fixture.Start();
        Assert.Equal(RegistryState.Installed, registry.Get("loyalty")!.State);
        foreach (var name in (string[])["a", "b"])
        {
            using var sparse = new FileStream(Path.Combine(folder, name), FileMode.Open);
            sparse.SetLength(long.MaxValue - 4096);
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("$: cannot be read (OverflowException)", Assert.Single(registry.Get("loyalty")!.Errors).ToString());
    }

    [Fact]
    public void Rescan_LinkSwapped_ReadsTheNewTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        foreach (var version in (string[])["1.0.0", "2.0.0"])
        {
            var release = Directory.CreateDirectory(Path.Combine(_fixture.Folder, ".releases", version)).FullName;
            File.WriteAllText(Path.Combine(release, "plugin.json"), RegistryFixture.Json("loyalty", version));
            File.SetLastWriteTimeUtc(Path.Combine(release, "plugin.json"), DateTime.UnixEpoch);
        }

        var link = Path.Combine(_fixture.Folder, "loyalty");
        Directory.CreateSymbolicLink(link, Path.Combine(_fixture.Folder, ".releases", "1.0.0"));
        var registry = _fixture.Start();
        Assert.Equal("1.0.0", registry.Get("loyalty")!.Manifest!.Version.ToString());

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(_fixture.Folder, ".releases", "2.0.0"));
        registry.Rescan();

        Assert.Equal("2.0.0", registry.Get("loyalty")!.Manifest!.Version.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rescan_LinkOutOfTheFolder_IsRefused(bool wholeFolder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var outside = Directory.CreateTempSubdirectory("fastenrich-outside-").FullName;
        File.WriteAllText(Path.Combine(outside, "plugin.json"), RegistryFixture.Json("loyalty"));
        var folder = Path.Combine(_fixture.Folder, "loyalty");
        if (wholeFolder)
        {
            Directory.CreateSymbolicLink(folder, outside);
        }
        else
        {
            Directory.CreateDirectory(folder);
            File.CreateSymbolicLink(Path.Combine(folder, "plugin.json"), Path.Combine(outside, "plugin.json"));
        }

        var entry = _fixture.Start().Get("loyalty")!;

        Assert.Equal((RegistryState.Error, null), (entry.State, entry.Manifest));
        Assert.Equal("$: a link leads out of the plugin folder", Assert.Single(entry.Errors).ToString());
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public void Rescan_PluginFolderIsALinkItself_IsFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        _fixture.WriteGood("loyalty");
        var link = _fixture.Folder + "-link";
        Directory.CreateSymbolicLink(link, _fixture.Folder);

        var entry = _fixture.Start(options => options.Directory = link).Get("loyalty");

        Directory.Delete(link);
        Assert.Equal(RegistryState.Installed, entry?.State);
    }

    [Fact]
    public async Task Rescan_NamedPipe_IsNotWaitedFor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo");
        var folder = Directory.CreateDirectory(Path.Combine(_fixture.Folder, "loyalty")).FullName;
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder, "plugin.json")]))
        {
            await make.WaitForExitAsync();
        }

        var registry = await Task.Run(() => _fixture.Start()).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("$: is no regular file", Assert.Single(registry.Get("loyalty")!.Errors).ToString());
    }

    [Theory]
    [InlineData("other", "name: is not the name of the folder that the manifest lies in")]
    [InlineData("large", "$: has more than 262144 bytes")]
    public void Rescan_ManifestThatDoesNotFit_SaysWhy(string kind, string error)
    {
        _fixture.Write("loyalty", kind == "other" ? RegistryFixture.Json("other") : RegistryFixture.Json("loyalty", more: ",\"x\":\"" + new string('x', PluginManifest.MaxBytes) + "\""));

        Assert.Equal(error, Assert.Single(_fixture.Start().Get("loyalty")!.Errors).ToString());
    }

    [Fact]
    public void Rescan_FoldersThatAreNoPlugins_AreCountedInOneLine()
    {
        _fixture.WriteGood("loyalty");
        Directory.CreateDirectory(Path.Combine(_fixture.Folder, "Planted Name"));

        var registry = _fixture.Start();
        registry.Rescan();

        Assert.Equal(1, registry.Search().Total);
        Assert.Equal(1, _fixture.Loggers.Count("FoldersIgnored"));
        Assert.DoesNotContain(_fixture.Loggers.Lines, static line => line.Contains("Planted"));
    }

    [Fact]
    public void Rescan_MoreThanAThousandManifests_TakesTheFirstThousand()
    {
        for (var i = 0; i < 1003; i++)
        {
            _fixture.WriteGood($"p{i:0000}");
        }

        var registry = _fixture.Start();

        Assert.Equal(1000, registry.Search().Total);
        Assert.Null(registry.Get("p1000"));
        Assert.Contains(_fixture.Loggers.Lines, static line => line.Contains("has 3 entries"));
    }

    [Theory]
    [InlineData(",\"min_engine_version\":\"9.0.0\"", "min_engine_version: this engine is 1.0.0")]
    [InlineData(",\"max_engine_version\":\"0.9.0\"", "max_engine_version: this engine is 1.0.0")]
    [InlineData(",\"dependencies\":[\"nobody\"]", "dependencies: nobody is not known here")]
    [InlineData(",\"dependencies\":[\"base >=2.0.0\"]", "dependencies: base >=2.0.0 is needed, 1.5.0 is here")]
    public void Get_PluginThatDoesNotFit_IsInErrorAndSaysWhy(string more, string error)
    {
        _fixture.WriteGood("base", "1.5.0");
        _fixture.WriteGood("loyalty", more: more);

        var entry = _fixture.Start(static options => options.Engine = SemanticVersion.Parse("1.0.0")).Get("loyalty")!;

        Assert.Equal((RegistryState.Error, error), (entry.State, Assert.Single(entry.Errors).ToString()));
    }

    [Fact]
    public void Get_MissingDependencyArrives_LeavesTheErrorState()
    {
        _fixture.WriteGood("loyalty", more: ",\"dependencies\":[\"base ^1.0.0\"]");
        var registry = _fixture.Start();
        Assert.Equal(RegistryState.Error, registry.Get("loyalty")!.State);

        _fixture.WriteGood("base", "1.5.0");
        registry.Rescan();

        Assert.Equal(RegistryState.Installed, registry.Get("loyalty")!.State);
    }

    [Fact]
    public void Get_CompiledInPluginThatDescribesItself_WinsOverTheFolder()
    {
        _fixture.WriteGood("described", "9.0.0");
        _fixture.WriteGood("bare", "9.0.0");
        var registry = _fixture.Create();
        registry.Register(RegistryFixture.Descriptor("described", new PluginMetadata { Name = "described", Description = "d" }));
        registry.Register(RegistryFixture.Descriptor("bare"));

        registry.Start();

        Assert.Equal("1.0.0", registry.Get("described")!.Manifest!.Version.ToString());
        Assert.Equal("name", Assert.Single(registry.Get("described")!.Warnings).Path);
        Assert.Equal("9.0.0", registry.Get("bare")!.Manifest!.Version.ToString());
        Assert.Empty(registry.Get("bare")!.Warnings);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
