namespace FastEnrich.Sidecar.Bulk;

/// <summary>The demo's population as input.</summary>
internal static class DemoLines
{
#pragma warning disable CS1998 // the interface is asynchronous, the list is not
    public static async IAsyncEnumerable<InputLine> ReadAllAsync(IReadOnlyList<string> userIds)
#pragma warning restore CS1998
    {
        for (var i = 0; i < userIds.Count; i++)
        {
            yield return InputLine.Accepted(i + 1, new EnrichmentRequest(userIds[i]));
        }
    }
}
