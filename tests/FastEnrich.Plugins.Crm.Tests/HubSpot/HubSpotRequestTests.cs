using System.Text.RegularExpressions;
using FastEnrich.Plugins.Crm.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>Each request of the plugin is one that the vendor's documentation has; skipped where that is not beside the repository.</summary>
public sealed partial class HubSpotRequestTests
{
    private static readonly string[] s_kinds = ["contacts", "deals", "line_items", "calls", "emails", "meetings", "notes", "tasks"];

    [Fact]
    public async Task Requests_OfAllCapabilities_AreDocumented()
    {
        var documented = Documented();
        var upstream = new StubHandler(request => StubHandler.Json(
            request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":7}]},{"from":{"id":"7"},"to":[{"toObjectId":8}]}]}"""
            : request.Method == HttpMethod.Get && request.RequestUri.AbsolutePath.Contains("contacts/", StringComparison.Ordinal) ? """{"id":"1","properties":{}}"""
            : """{"results":[{"id":"1","properties":{}},{"id":"7","properties":{"hs_is_closed_won":"true"}}]}"""));
        var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = Enum.GetValues<HubSpotCapability>() }, upstream);

        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        await plugin.EnrichBatchAsync([new("1")], new BatchResults(1), default);
        await plugin.CheckHealthAsync(default);

        Assert.InRange(upstream.Requests.Count, 2 * 16, 100);
        Assert.All(upstream.Requests, request => Assert.Contains(Shape(request), documented));
    }

    /// <summary>Reads the table of calls; kinds of records and ids become placeholders on both sides.</summary>
    private static HashSet<string> Documented()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(RecordedUpstream.Require("errors.catalogue.json"))!, "..", "..", "upstreams.md"));
        var section = page[page.IndexOf("## 3. HubSpot", StringComparison.Ordinal)..page.IndexOf("## 4.", StringComparison.Ordinal)];
        return
        [
            .. Call().Matches(section).SelectMany(call => new[] { "GET", "POST" }
                .Where(method => call.Groups["method"].Length == 0 || call.Groups["method"].Value == method)
                .Select(method => Shape($"{method} https://h{call.Groups["path"].Value}"))),
        ];
    }

    private static string Shape(string request)
    {
        var (method, path) = (request[..request.IndexOf(' ', StringComparison.Ordinal)], new Uri(request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('?')[0]).AbsolutePath);
        path = path.Replace("%7Bcalls,emails,meetings,notes,tasks%7D", "{kind}/batch/read", StringComparison.Ordinal);
        var segments = path.Split('/').Select(segment => s_kinds.Contains(segment) ? "{kind}" : segment is "1" or "%7Bid%7D" ? "{id}" : segment);
        return $"{method} {string.Join('/', segments)}";
    }

    [GeneratedRegex("`((?<method>GET|POST) )?(?<path>/[a-z][^`? ]*)")]
    private static partial Regex Call();
}
