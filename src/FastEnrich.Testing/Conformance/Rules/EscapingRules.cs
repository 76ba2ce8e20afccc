namespace FastEnrich.Testing;

/// <summary>An id stays where it was put.</summary>
internal static class EscapingRules
{
    // Harmless ids: one that fits everywhere, and some that a plugin may rightly ask for on another way, as in a body instead of the path.
    private static readonly string[] s_plain = ["conformance-nobody-1", "conformance nobody 1", "conformance+nobody@example.org"];

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new(
            "ids-escaped",
            "Whatever the id, requests keep their segments, query, headers and the shape of their body, and carry the id whole or are not sent",
            "Build addresses with UpstreamUrl.Append and Query, JSON with a serializer, and escape literals of query languages; "
                + "return NotFound for ids that the upstream cannot have.",
            CheckAsync),
    ];

    private static async Task CheckAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        HashSet<string> shapes = new(StringComparer.Ordinal), skeletons = new(StringComparer.Ordinal);
        var isCarried = false;
        var plain = s_plain.Select(id => (Id: id, User: Request(run, id))).Where(static entry => entry.User is not null)
            .Select(static entry => (entry.Id, entry.User!));
        foreach (var (id, user) in run.Users.Select(static user => ((string?)null, user))
            .Concat(plain.Select(static entry => ((string?)entry.Id, entry.Item2))))
        {
            foreach (var request in await RequestsOfAsync(run, instance, user).ConfigureAwait(false))
            {
                shapes.Add(RequestShape.Of(request));
                skeletons.UnionWith(SkeletonsOf(request));
                isCarried |= id is not null && RequestShape.Values(request).Any(Carries(id));
            }
        }

        foreach (var (name, id) in HostileIds.All)
        {
            if (Request(run, id) is { } user)
            {
                await CheckAsync(run, name, id, user, shapes, skeletons, isCarried).ConfigureAwait(false);
            }
        }
    }

    private static async Task CheckAsync(
        ConformanceRun run, string name, string id, EnrichmentRequest user, HashSet<string> shapes, HashSet<string> skeletons, bool isCarried)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false); // one whose upstream has refused nothing yet
        run.Server.Requests.Clear();
        var call = await run.CallAsync(instance, user).ConfigureAwait(false);
        if (!call.IsResult && call.Failure is null)
        {
            run.Problem($"an id with {name}: {call} instead of a result or a PluginException");
        }

        var requests = SentBy(run);
        foreach (var request in requests)
        {
            if (request.Segments.Any(static segment => segment is "." or ".."))
            {
                run.Problem($"an id with {name} made a segment of dots, which servers resolve");
            }
            else if (!shapes.Contains(RequestShape.Of(request)))
            {
                run.Problem($"an id with {name} changed the request to {RequestShape.Of(request)}");
            }
            else if (SkeletonsOf(request).FirstOrDefault(skeleton => !skeletons.Contains(skeleton)) is not null)
            {
                run.Problem($"an id with {name} left its literal in a query");
            }
        }

        if (isCarried && requests.Count > 0 && !requests.Any(request => RequestShape.Values(request).Any(Carries(id))))
        {
            run.Problem($"an id with {name} did not arrive whole");
        }
    }

    private static Func<string, bool> Carries(string id) => value => value.Contains(id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Values that hold a literal, without what is in it.</summary>
    private static IEnumerable<string> SkeletonsOf(MockRequest request) =>
        request.Query.Concat(request.Form).Select(static pair => pair.Value).Where(static value => value.Contains(" '", StringComparison.Ordinal)
            || value.Contains("='", StringComparison.Ordinal) || value.Contains("('", StringComparison.Ordinal))
            .Where(static value => value.Contains("SELECT", StringComparison.OrdinalIgnoreCase) || value.Contains("WHERE", StringComparison.OrdinalIgnoreCase))
                .Select(Literals.Skeleton);

    private static async Task<IReadOnlyList<MockRequest>> RequestsOfAsync(ConformanceRun run, PluginInstance instance, EnrichmentRequest user)
    {
        run.Server.Requests.Clear();
        await run.CallAsync(instance, user).ConfigureAwait(false);
        return SentBy(run);
    }

    private static List<MockRequest> SentBy(ConformanceRun run) => [.. run.Server.Requests.Where(request => run.Options.Exempt?.Invoke(request) != true)];

    /// <summary>Identities may have rules of their own; an id that cannot be asked for is no danger.</summary>
    private static EnrichmentRequest? Request(ConformanceRun run, string id)
    {
        try
        {
            return run.Options.RequestFor(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
