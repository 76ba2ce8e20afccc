namespace FastEnrich.Golden;

internal static class GoldenFile
{
    public static byte[] Read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json"));
        return bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
    }
}
