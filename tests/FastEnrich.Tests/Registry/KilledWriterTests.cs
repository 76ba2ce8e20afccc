using System.Diagnostics;
using FastEnrich.Registry;
using FastEnrich.Tests.Processes;

namespace FastEnrich.Tests.Registry;

/// <summary>A process that is killed while it writes the registry's file, again and again.</summary>
public sealed class KilledWriterTests
{
    private const int Kills = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Flush_ProcessKilledInTheMiddle_LeavesTheOldOrTheNewState()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a Unix signal");
        await using var fixture = new RegistryFixture();
        var random = new Random(1);
        var before = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var writer = StartWriter(fixture.Folder);
            await UntilWrittenAsync(fixture.FilePath, before + 1 + random.Next(20), writer);
            Thread.SpinWait(random.Next(200_000)); // somewhere between two renames
            writer.Kill();
            await writer.WaitForExitAsync().WaitAsync(s_patience);

            var held = StoreFormat.TryRead(File.ReadAllBytes(fixture.FilePath));

            Assert.NotNull(held);
            Assert.True(held["crm"].Usage > before, "a state that was seen before the kill is not lost");
            Assert.Equal(Math.Min(held["crm"].Usage, StoreMerge.MaxReviews), held["crm"].Reviews.Count); // each state has one review for each use: none is half
            before = held["crm"].Usage;
        }

        var registry = fixture.Create();
        registry.Register(RegistryFixture.Descriptor("crm"));
        registry.Start();
        Assert.Equal(before, registry.Get("crm")!.TotalUsage);
        registry.RecordUse("crm");
        Assert.True(await registry.FlushAsync()); // neither a lock nor a half-written file of the killed is in the way
        Assert.Equal(0, fixture.Loggers.Count("FileDamaged"));
    }

    private static Process StartWriter(string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true, // a writer that nobody kills, because a test failed, ends with it
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "FastEnrich.Tests.dll"), ChildProgram.Word, "registry", folder])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task UntilWrittenAsync(string path, long usage, Process writer)
    {
        await Fakes.Eventually.True(() =>
        {
            Assert.False(writer.HasExited, "the writer ended by itself");
            return File.Exists(path) && StoreFormat.TryRead(File.ReadAllBytes(path)) is { } held && held.GetValueOrDefault("crm")?.Usage >= usage;
        });
    }
}
