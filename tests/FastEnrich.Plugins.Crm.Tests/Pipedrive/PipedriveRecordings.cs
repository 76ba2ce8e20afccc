using System.Text.Json;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Finds the recorded answers and specifications that may lie beside the repository; they are other people's data and no part of it.</summary>
internal static class PipedriveRecordings
{
    public static string Require(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, "shared", "upstreams", "pipedrive", path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        Assert.Skip($"shared/upstreams/pipedrive/{path} is not beside this repository");
        throw new InvalidOperationException();
    }

    public static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Require(path)));
        return document.RootElement.Clone();
    }

    /// <summary>Returns the exchanges of all recordings, by file.</summary>
    public static IEnumerable<(string File, JsonElement Exchange)> Exchanges()
    {
        var directory = Path.GetDirectoryName(Require(Path.Combine("fixtures", "INDEX.json")))!;
        return Directory.EnumerateFiles(directory, "*.exchange.json").Order(StringComparer.Ordinal)
            .SelectMany(file => Read(Path.Combine("fixtures", Path.GetFileName(file))).GetProperty("exchanges").EnumerateArray(), (file, exchange) => (Path.GetFileName(file), exchange));
    }
}
