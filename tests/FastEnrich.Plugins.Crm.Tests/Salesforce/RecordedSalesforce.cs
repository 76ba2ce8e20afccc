using System.Text.Json;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Finds the recorded answers that may lie beside the repository; they are other people's data and no part of it.</summary>
internal static class RecordedSalesforce
{
    public static string Require(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var found = Path.Combine(directory.FullName, "shared", "upstreams", "salesforce", path);
            if (Path.Exists(found))
            {
                return found;
            }
        }

        Assert.Skip($"shared/upstreams/salesforce/{path} is not beside this repository");
        throw new InvalidOperationException();
    }

    public static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Require(path)));
        return document.RootElement.Clone();
    }

    /// <summary>Returns the bodies of a fixture, recorded with their requests or bare.</summary>
    public static IEnumerable<JsonElement> Bodies(string file)
    {
        var root = Read(Path.Combine("fixtures", file));
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("exchanges", out var exchanges)
            ? exchanges.EnumerateArray().Select(exchange => exchange.GetProperty("response").GetProperty("body"))
            : [root];
    }

    public static JsonElement Entry(string file, string list, string id) =>
        Read(file).GetProperty(list).EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == id);
}
