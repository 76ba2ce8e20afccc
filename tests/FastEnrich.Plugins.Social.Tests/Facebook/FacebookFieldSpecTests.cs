using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Each field that the plugin asks for is a field or an edge of the node in the vendor's specification of version 25.</summary>
public sealed class FacebookFieldSpecTests
{
    [Fact]
    public void User_EveryFieldAskedFor_ExistsInTheSpecification()
    {
        var fields = new FacebookFields(new FacebookOptions()).User;

        var checks = Check(fields, "User").ToList();

        Assert.All(checks, check => Assert.True(check.Known, check.Name));
        Assert.InRange(checks.Count, 35, 100);
    }

    [Fact]
    public void User_PagesOfEdges_AskForFieldsOfTheSpecification() =>
        Assert.All(Check(FacebookFields.Likes, "Page").Concat(Check(FacebookFields.Posts, "Post")), check => Assert.True(check.Known, check.Name));

    [Fact]
    public void User_Work_IsNoFieldAnyMoreAndSoNoDefault()
    {
        RecordedUpstream.Require("graph-User.json"); // skips here: within an assertion that would be a failure

        Assert.Equal(["User.work"], Check(new FacebookFields(new FacebookOptions { Capabilities = [FacebookCapability.Work] }).User, "User").Where(check => !check.Known).Select(check => check.Name));
    }

    /// <summary>Walks "a,b{c,d.limit(1)}" along the types of the nodes.</summary>
    private static IEnumerable<(string Name, bool Known)> Check(string fields, string type)
    {
        foreach (var field in Split(fields))
        {
            var name = field.Split('{', '.')[0];
            var below = TypeOf(type, name);
            yield return ($"{type}.{name}", below is not null);
            if (field.Contains('{', StringComparison.Ordinal) && below is not null)
            {
                foreach (var check in Check(field[(field.IndexOf('{', StringComparison.Ordinal) + 1)..^1], below))
                {
                    yield return check;
                }
            }
        }
    }

    private static List<string> Split(string fields)
    {
        List<string> parts = [];
        var (depth, start) = (0, 0);
        for (var i = 0; i <= fields.Length; i++)
        {
            if (i == fields.Length || (fields[i] == ',' && depth == 0))
            {
                parts.Add(fields[start..i]);
                start = i + 1;
            }
            else
            {
                depth += fields[i] is '{' ? 1 : fields[i] is '}' ? -1 : 0;
            }
        }

        return parts;
    }

    private static string? TypeOf(string type, string name)
    {
        var node = RecordedUpstream.Read($"graph-{type}.json");
        var field = node.GetProperty("fields").EnumerateArray().Where(entry => entry.GetProperty("name").GetString() == name).Select(entry => entry.GetProperty("type").GetString()!);
        var edge = node.GetProperty("apis").EnumerateArray()
            .Where(api => api.GetProperty("method").GetString() == "GET" && api.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String && endpoint.GetString() == name)
            .Select(api => api.GetProperty("return").GetString()!);
        return field.Concat(edge).Select(found => found.StartsWith("list<", StringComparison.Ordinal) ? found[5..^1] : found).FirstOrDefault();
    }
}
