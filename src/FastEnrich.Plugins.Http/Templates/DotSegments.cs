namespace FastEnrich.Plugins.Http.Templates;

/// <summary>Finds segments that climb out of a path, however often they are escaped: servers and proxies on the way may decode more than once.</summary>
internal static class DotSegments
{
    private const int MostDecodings = 4; // whoever decodes oftener has other problems

    public static bool Any(string segment)
    {
        for (var times = 0; times <= MostDecodings; times++)
        {
            if (segment.Split('/', '\\').Any(static piece => piece is "." or ".."))
            {
                return true;
            }

            var decoded = Uri.UnescapeDataString(segment);
            if (decoded == segment)
            {
                return false;
            }

            segment = decoded;
        }

        return true;
    }
}
