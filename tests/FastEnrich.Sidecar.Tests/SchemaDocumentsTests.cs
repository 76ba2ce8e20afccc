using System.Diagnostics;
using FastEnrich.Registry;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Tests;

/// <summary>What a build with FastEnrichEmitSchemas writes, beside what the run time writes.</summary>
public sealed class SchemaDocumentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_PluginAssembly_HasTheBytesOfTheRunTimeWriter()
    {
        await WriteAsync("FastEnrich.Plugins.Crm.dll", "Library");

        Assert.Equal(["hubspot", "pipedrive", "salesforce"], Directory.GetDirectories(Path.Combine(_folder, "out", "plugins")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var descriptor in ConfigCommand.Catalog().Where(static plugin => plugin.Name is "hubspot" or "pipedrive" or "salesforce"))
        {
            var written = await File.ReadAllBytesAsync(Manifest(descriptor.Name), TestContext.Current.CancellationToken);
            Assert.Equal(PluginManifest.FromDescriptor(descriptor).ToJson(), written);
            Assert.Empty(PluginManifest.Parse(written).Errors);
        }
    }

    [Fact]
    public async Task Write_Program_HasTheSchemaThatTheCommandPrints()
    {
        await WriteAsync("FastEnrich.Sidecar.dll", "Exe");

        Assert.Equal(
            ConfigurationSchema.Create(ConfigCommand.Catalog()) + Environment.NewLine,
            await File.ReadAllTextAsync(Path.Combine(_folder, "out", "fastenrich.schema.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_Again_LeavesWhatIsUnchangedAndDeletesWhatIsGone()
    {
        await WriteAsync("FastEnrich.Plugins.Crm.dll", "Library");
        var then = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Manifest("hubspot"), then);
        await File.WriteAllTextAsync(Manifest("pipedrive"), "{}", TestContext.Current.CancellationToken);

        await WriteAsync("FastEnrich.Plugins.Crm.dll", "Library");
        var (kept, repaired) = (File.GetLastWriteTimeUtc(Manifest("hubspot")), new FileInfo(Manifest("pipedrive")).Length);
        await WriteAsync("FastEnrich.Plugins.Http.dll", "Library");

        Assert.Equal(then, kept);
        Assert.True(repaired > 2);
        Assert.Equal(["http"], Directory.GetDirectories(Path.Combine(_folder, "out", "plugins")).Select(Path.GetFileName));
    }

    private string Manifest(string plugin) => Path.Combine(_folder, "out", "plugins", plugin, "plugin.json");

    private async Task WriteAsync(string assembly, string outputType)
    {
        var built = AppContext.BaseDirectory;
        var arguments = Path.Combine(_folder, "arguments");
        await File.WriteAllLinesAsync(arguments, [Path.Combine(built, assembly), Path.Combine(_folder, "out"), Path.Combine(_folder, "list"), outputType, .. Directory.GetFiles(built, "*.dll")]);
        var start = new ProcessStartInfo("dotnet", ["exec", Tool(built), arguments]) { RedirectStandardError = true };
        using var process = new StartedProcess(start);
        var error = await process.EndAsync();
        Assert.Equal((0, ""), (process.ExitCode, error));
    }

    /// <summary>The build of the same configuration, which the package of the contract brings along.</summary>
    private static string Tool(string built)
    {
        var root = built;
        while (!File.Exists(Path.Combine(root, "FastEnrich.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(built)))!;
        return Path.Combine(root, "eng", "FastEnrich.Schemas", "bin", configuration, "net10.0", "FastEnrich.Schemas.dll");
    }
}
