using System.Text.Json;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Finds the recorded answers that may lie beside the repository; they are other people's data and no part of it.</summary>
internal static class RecordedUpstream
{
    public static string Require(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, "shared", "upstreams", "facebook", path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        Assert.Skip($"shared/upstreams/facebook/{path} is not beside this repository");
        throw new InvalidOperationException();
    }

    public static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Require(path)));
        return document.RootElement.Clone();
    }
}
