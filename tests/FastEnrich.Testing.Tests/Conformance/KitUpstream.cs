using System.Text.Json;

namespace FastEnrich.Testing.Tests.Conformance;

/// <summary>The upstream of the kit's own plugin, as routes of a mock server.</summary>
internal static class KitUpstream
{
    public const string Key = "sk-kit-0123456789";

    public static IReadOnlyList<EnrichmentRequest> Users { get; } = [new("kit-user-0001"), new("kit-user-0002"), new("kit-user-0003")];

    public static void Script(MockServer server)
    {
        server.Map("GET", "/v1/health").WithHeader("Authorization", $"Bearer {Key}").Respond(MockResponse.Json("{}"));
        server.Map("GET", "/v1/users/{id}").WithHeader("Authorization", $"Bearer {Key}").Respond(static request =>
            request.Header("If-None-Match") is { } tag && tag == Tag(request.Values["id"]) ? new MockResponse { Status = 304 }
            : Find(request.Values["id"]) is { } user ? MockResponse.Json(user).WithHeader("ETag", Tag(request.Values["id"]))
            : MockResponse.Json("{}", 404));
        server.Map("POST", "/v1/users/batch").Respond(static request =>
        {
            using var body = JsonDocument.Parse(request.BodyText);
            var known = body.RootElement.GetProperty("ids").EnumerateArray().Select(static id => Find(id.GetString()!)).OfType<string>().Reverse(); // real ones keep no order either
            return MockResponse.Json($$"""{"users":[{{string.Join(',', known)}}]}""");
        });
    }

    private static string Tag(string id) => $"\"v1-{id.GetHashCode(StringComparison.Ordinal):x}\"";

    private static string? Find(string id) =>
        Users.Any(user => user.UserId == id) ? $$"""{"id":"{{id}}","name":"Name of {{id}}","age":{{20 + (id[^1] - '0')}},"email":"{{id}}@example.org"}""" : null;
}
