using System.Text.Json.Nodes;

namespace FastEnrich.Sidecar.Tests;

public sealed class DemoTests
{
    private static readonly string[] s_members =
        ["user_id", "merged", "enrichments", "errors", "status", "overall_confidence", "success_count", "error_count", "complete", "timestamp"];

    private static readonly string[] s_volatile = ["timestamp", "fetched_at", "fresh_until", "ttl"];

    [Fact]
    public async Task Enrich_ThousandDemoUsers_EveryProfileHasEveryMember()
    {
        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "enrich", "--demo", "--users", "1000");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(1000, lines.Length);
        var profiles = lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToArray();
        Assert.All(profiles, profile => Assert.Equal(s_members, profile.Select(member => member.Key)));
        var found = profiles.Count(profile => profile["enrichments"]!["hubspot"] is not null);
        Assert.InRange(found, 900, 999);
        Assert.Equal(1000 - found, profiles.Count(profile => (string?)profile["status"]!["hubspot"]!["state"] == "not_found"));
        Assert.Contains("profiles   1000", error);
        Assert.Contains("failures   facebook 0, hubspot 0, pipedrive 0, salesforce 0, x 0", error);
        Assert.Matches(@"salesforce \d+ requests, \d+ batches for 1000 users, \d+ credits, 0 failures", error);
    }

    [Fact]
    public async Task Enrich_SameSeed_SameBytesInTheSameOrder()
    {
        string[] args = ["enrich", "--demo", "--users", "300", "--seed", "7"];

        var first = (await CliRun.RunAsync(null, "", args)).Lines.Select(WithoutTimes).ToArray();
        var second = (await CliRun.RunAsync(null, "", args)).Lines.Select(WithoutTimes).ToArray();
        var other = (await CliRun.RunAsync(null, "", "enrich", "--demo", "--users", "300", "--seed", "8")).Lines.Select(WithoutTimes).ToArray();

        Assert.Equal(300, first.Length);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Enrich_IdsInAnyOrder_ComeOutInThatOrder()
    {
        var ids = (await CliRun.RunAsync(null, "", "enrich", "--demo", "--users", "500")).Lines.Select(UserIdOf).Reverse().ToArray();

        var (_, lines, _) = await CliRun.RunAsync(null, string.Join('\n', ids), "enrich", "--demo", "--users", "500", "--input", "-");

        Assert.Equal(ids, lines.Select(UserIdOf));
    }

    [Theory]
    [MemberData(nameof(OddIds.AsLines), MemberType = typeof(OddIds))]
    public async Task Enrich_OddIdThroughTheWholeEngine_IsNotFoundUnderItsOwnName(string userId)
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(null, userId + "\n", "enrich", "--demo", "--users", "1", "--input", "-");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(userId, UserIdOf(Assert.Single(lines)));
        Assert.Equal("not_found", (string?)JsonNode.Parse(lines[0])!["status"]!["hubspot"]!["state"]);
    }

    private static string UserIdOf(string line) => (string)JsonNode.Parse(line)!["user_id"]!;

    private static string WithoutTimes(string line)
    {
        var root = JsonNode.Parse(line)!;
        Strip(root);
        return root.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Strip(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var name in s_volatile)
            {
                members.Remove(name);
            }

            foreach (var (_, value) in members)
            {
                Strip(value);
            }
        }
    }
}
