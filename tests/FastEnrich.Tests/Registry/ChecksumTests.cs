using System.Diagnostics;
using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class ChecksumTests : IAsyncDisposable
{
    private readonly RegistryFixture _fixture = new();

    [Fact]
    public async Task Rescan_ChecksumOfTheDocumentedCommand_IsAcceptedAndAChangedFileRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha256sum");
        var folder = CreateFiles();
        _fixture.WriteGood("loyalty", more: $",\"checksum\":\"sha256:{await ByHandAsync(folder)}\"");
        var registry = _fixture.Start();
        Assert.True(registry.Get("loyalty") is { State: RegistryState.Installed, Errors.Count: 0 });

        File.AppendAllText(Path.Combine(folder, "bin", "run.py"), "changed");
        registry.Rescan();
        Assert.Equal("checksum: does not match the plugin's files", Assert.Single(registry.Get("loyalty")!.Errors).ToString());

        File.WriteAllText(Path.Combine(folder, "bin", "run.py"), "print(1)\n");
        registry.Rescan();
        Assert.Empty(registry.Get("loyalty")!.Errors);
    }

    [Fact]
    public void Rescan_FileAddedToAPluginWithAChecksum_IsRefused()
    {
        var folder = CreateFiles();
        _fixture.WriteGood("loyalty", more: $",\"checksum\":\"{FolderChecksum.TryCompute(folder, _fixture.Folder, out _)}\"");
        var registry = _fixture.Start();
        Assert.Empty(registry.Get("loyalty")!.Errors);

        File.WriteAllText(Path.Combine(folder, "more.py"), "");
        registry.Rescan();

        Assert.Equal("checksum", Assert.Single(registry.Get("loyalty")!.Errors).Path);
    }

    [Fact]
    public void Rescan_LinkInAPluginWithAChecksum_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var folder = CreateFiles();
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/passwd");
        _fixture.WriteGood("loyalty", more: ",\"checksum\":\"sha256:" + new string('0', 64) + "\"");

        Assert.Equal("checksum: a plugin with a checksum holds no links", Assert.Single(_fixture.Start().Get("loyalty")!.Errors).ToString());
    }

    [Fact]
    public void Rescan_TooManyFilesInAPluginWithAChecksum_IsRefused()
    {
        var folder = CreateFiles();
        for (var i = 0; i < 1001; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"f{i}"), "");
        }

        _fixture.WriteGood("loyalty", more: ",\"checksum\":\"sha256:" + new string('0', 64) + "\"");

        Assert.Equal("checksum: a plugin with a checksum holds at most 1000 files", Assert.Single(_fixture.Start().Get("loyalty")!.Errors).ToString());
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private string CreateFiles()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_fixture.Folder, "loyalty")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        File.WriteAllText(Path.Combine(folder, "bin", "run.py"), "print(1)\n");
        File.WriteAllText(Path.Combine(folder, "bin.txt"), "sorts before bin/run.py\n");
        File.WriteAllText(Path.Combine(folder, "ä"), "");
        return folder;
    }

    private static async Task<string> ByHandAsync(string folder)
    {
        const string Command = "find . -type f ! -path ./plugin.json -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum";
        var start = new ProcessStartInfo("bash", ["-c", Command]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output[..64];
    }
}
