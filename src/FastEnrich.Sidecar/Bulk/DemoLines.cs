namespace FastEnrich.Sidecar.Bulk;

/// <summary>The demo's population as input.</summary>
internal static class DemoLines
{
#pragma warning disable CS1998 // the interface is asynchronous, the list is not
    public static async IAsyncEnumerable<InputLine> ReadAllAsync(IEnumerable<string> userIds)
#pragma warning restore CS1998
    {
        var number = 0L;
        foreach (var userId in userIds)
        {
            yield return InputLine.Accepted(++number, new EnrichmentRequest(userId));
        }
    }
}
