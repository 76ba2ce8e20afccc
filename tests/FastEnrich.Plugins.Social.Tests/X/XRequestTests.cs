using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FastEnrich.Plugins.Social.X;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Every request that the plugin sends, checked against X's own specification; skipped where that does not lie beside the repository.</summary>
public sealed class XRequestTests
{
    [Theory]
    [InlineData("openapi.2.166.json", "tweet.fields", "id")]
    [InlineData("openapi.2.166.json", "tweet.fields", "username")]
    [InlineData("openapi.2.167.json", "post.fields", "id")]
    [InlineData("openapi.2.167.json", "post.fields", "username")]
    public async Task EnrichAsync_Requests_AreThoseOfTheSpecification(string file, string parameter, string lookupBy)
    {
        var specification = RecordedUpstream.Read(file);
        var requests = await RequestsAsync(XFixture.Options with { LookupBy = lookupBy, PostFieldsParameter = parameter, Capabilities = XFixture.EveryCapability, MaxPosts = 150 });

        Assert.Equal(5, requests.Count); // users, two pages of posts, lists, health
        Assert.All(requests, request => Assert.Empty(Mistakes(specification, request)));
    }

    [Theory]
    [InlineData("openapi.2.167.json", "tweet.fields")]
    [InlineData("openapi.2.166.json", "post.fields")]
    public async Task EnrichAsync_OtherVocabulary_IsNotInTheSpecification(string file, string parameter)
    {
        var specification = RecordedUpstream.Read(file);
        var requests = await RequestsAsync(XFixture.Options with { PostFieldsParameter = parameter });

        Assert.Contains(requests, request => Mistakes(specification, request).Any());
    }

    [Fact]
    public async Task CheckHealthAsync_ActingForAUser_AsksWhoThatIs()
    {
        var specification = RecordedUpstream.Read("openapi.2.166.json");
        var upstream = new StubHandler(request => StubHandler.Json(request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal) ? """{"access_token":"a","token_type":"bearer"}""" : """{"data":{"id":"1"}}"""));

        await XFixture.Plugin(upstream, XFixture.Options with { BearerToken = null, ClientId = "id", RefreshToken = "r" }).CheckHealthAsync(default);

        Assert.Equal("POST https://x.test/2/oauth2/token", upstream.Requests[0]); // the specification's own tokenUrl
        Assert.EndsWith("/2/oauth2/token", specification.GetProperty("components").GetProperty("securitySchemes").GetProperty("OAuth2UserToken").GetProperty("flows").GetProperty("authorizationCode").GetProperty("tokenUrl").GetString());
        Assert.Empty(Mistakes(specification, upstream.Requests[1]));
    }

    private static async Task<IReadOnlyList<string>> RequestsAsync(XOptions options)
    {
        var pages = 0;
        var upstream = new StubHandler(request => StubHandler.Json(request.RequestUri!.AbsolutePath is not "/2/users/2244994945/tweets" ? """{"data":[{"id":"2244994945","username":"TwitterDev"}]}"""
            : pages++ == 0 ? """{"data":[{"id":"1"}],"meta":{"next_token":"7140w"}}"""
            : """{"meta":{"result_count":0}}"""));
        var plugin = XFixture.Plugin(upstream, options);

        await plugin.EnrichAsync(new EnrichmentRequest("u", new Dictionary<string, string> { ["x_id"] = "2244994945", ["x_username"] = "twitterdev" }), default);
        await plugin.CheckHealthAsync(default);
        return upstream.Requests;
    }

    private static IEnumerable<string> Mistakes(JsonElement specification, string request)
    {
        var uri = new Uri(request.Split(' ')[1]);
        var operation = specification.GetProperty("paths").EnumerateObject()
            .Where(path => Regex.IsMatch(uri.AbsolutePath, $"^{Regex.Replace(path.Name, @"\{[^}]+\}", "[^/]+")}$"))
            .OrderBy(path => path.Name.Count(c => c == '{'))
            .Select(path => path.Value).FirstOrDefault();
        if (operation.ValueKind == JsonValueKind.Undefined || !operation.TryGetProperty(request.Split(' ')[0].ToLowerInvariant(), out operation))
        {
            return [$"{uri.AbsolutePath} is no path"];
        }

        if (!operation.GetProperty("security").EnumerateArray().Any(scheme => scheme.TryGetProperty("BearerToken", out _) || scheme.TryGetProperty("OAuth2UserToken", out _)))
        {
            return ["no bearer token is taken"];
        }

        var parameters = (operation.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray().Select(parameter => Resolve(specification, parameter)).ToList() : [])
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").ToDictionary(parameter => parameter.GetProperty("name").GetString()!, StringComparer.Ordinal);
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        return query.SelectMany(pair => parameters.TryGetValue(pair.Key, out var parameter) ? Mistakes(specification, pair.Key, parameter.GetProperty("schema"), pair.Value) : [$"{pair.Key} is no parameter of {uri.AbsolutePath}"])
            .Concat(parameters.Where(pair => pair.Value.TryGetProperty("required", out var required) && required.GetBoolean() && !query.ContainsKey(pair.Key)).Select(pair => $"{pair.Key} is missing"));
    }

    private static IEnumerable<string> Mistakes(JsonElement specification, string name, JsonElement schema, string value)
    {
        schema = Resolve(specification, schema);
        if (schema.GetProperty("type").GetString() == "array")
        {
            var items = value.Split(',');
            var mistakes = items.SelectMany(item => Mistakes(specification, name, schema.GetProperty("items"), item));
            return items.Length < Number(schema, "minItems", 0) || items.Length > Number(schema, "maxItems", int.MaxValue) || items.Distinct().Count() < items.Length ? mistakes.Append($"{name} has {items.Length} items") : mistakes;
        }

        if (schema.GetProperty("type").GetString() == "integer")
        {
            var number = int.Parse(value, CultureInfo.InvariantCulture);
            return number < Number(schema, "minimum", int.MinValue) || number > Number(schema, "maximum", int.MaxValue) ? [$"{name} is {number}"] : [];
        }

        var valid = (!schema.TryGetProperty("enum", out var known) || known.EnumerateArray().Any(one => one.GetString() == value))
            && (!schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(value, pattern.GetString()!));
        return valid ? [] : [$"{name} is {value}"];
    }

    private static int Number(JsonElement schema, string name, int preset) => schema.TryGetProperty(name, out var number) ? number.GetInt32() : preset;

    private static JsonElement Resolve(JsonElement specification, JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/').Skip(1).Aggregate(specification, (node, name) => node.GetProperty(name)) : element;
}
