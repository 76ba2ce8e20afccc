using System.Text;
using System.Text.Json;

namespace FastEnrich.Benchmarks.Json;

/// <summary>The synthetic documents of the plugins' own tests.</summary>
internal static class JsonFixture
{
    public static byte[] Bytes(string plugin, string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", plugin, name + ".json"));

    public static string Text(string plugin, string name) => Encoding.UTF8.GetString(Bytes(plugin, name));

    /// <summary>A document as a text within another.</summary>
    public static string Quoted(string plugin, string name) => $"\"{JsonEncodedText.Encode(Text(plugin, name))}\"";
}
