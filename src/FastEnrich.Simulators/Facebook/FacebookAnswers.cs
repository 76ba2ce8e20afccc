using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FastEnrich.Simulators;

/// <summary>Answers calls, alone or within a batch: checks token and proof, counts, reads the graph. Thread-safe.</summary>
internal sealed class FacebookAnswers(FacebookSimulatorOptions options, FacebookTokenStore tokens, Func<string, bool> isGranted, Func<string> baseUrl)
{
    private readonly SimulatedWindow _calls = new(options.CallsPerHour, TimeSpan.FromHours(1), options.TimeProvider);
    private readonly FacebookEdges _edges = new(new FacebookRecords(options.Population), isGranted, baseUrl);

    public FacebookReply Answer(FacebookCall call)
    {
        var token = tokens.Check(call.Token);
        if ((token.Error ?? CheckProof(call)) is { } refusal)
        {
            return Error(refusal);
        }

        var state = _calls.Take();
        var reply = state.IsExceeded ? Error("rate_limit") : Read(call, token).UnlessMatches(call.ETag);
        var percent = Math.Min(100, (state.Limit - state.Remaining) * 100 / state.Limit);
        return percent > 0 // the header comes only after enough calls
            ? reply.With("X-App-Usage", string.Create(CultureInfo.InvariantCulture, $"{{\"call_count\":{percent},\"total_cputime\":{percent / 4},\"total_time\":{percent / 4}}}"))
            : reply;
    }

    public string? CheckProof(FacebookCall call)
    {
        if (call.Proof is null)
        {
            return options.RequiresProof ? "missing_proof" : null;
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.AppSecret), Encoding.UTF8.GetBytes(call.Token!)));
        return call.Proof == expected ? null : "wrong_proof";
    }

    private static FacebookReply Error(string name, string? text = null) => FacebookReply.Of(FacebookErrors.Catalogue[name], text);

    private FacebookReply Read(FacebookCall call, FacebookTokenState token)
    {
        switch (call.Path)
        {
            case [var id] when id == options.AppId && (token.IsApp || token.SeesAll):
                return FacebookReply.Of(new JsonObject { ["id"] = options.AppId });
            case ["me"] when token.SeesAll:
                return FacebookReply.Of(new JsonObject { ["id"] = "100000000000001", ["name"] = "System user" });
            case ["me" or [>= '0' and <= '9', ..], ..] when call.Path.Length <= 2:
                return Find(call.Path[0], token) switch
                {
                    { } user when call.Path.Length == 1 => ReadUser(user, call),
                    { } user when FacebookEdges.IsEdge(call.Path[1]) => ReadEdge(user, call),
                    not null => Error("bad_path", call.Path[1]),
                    null when call.Path[0] == "me" => Error("no_active_user"),
                    null => Error("unknown_object", call.Path[0]),
                };
            case [var name]:
                return Error("unknown_alias", name);
            default:
                return Error("bad_path", string.Join('/', call.Path));
        }
    }

    /// <summary>A user's token opens that user alone; others do not exist for it.</summary>
    private SimulatedUser? Find(string id, FacebookTokenState token)
    {
        if (token.User is { } owner)
        {
            return id == "me" || id == owner.FacebookId ? owner : null;
        }

        return token.SeesAll && options.Population.FindByFacebookId(id) is { } user && user.KnownTo.Contains(SimulatedSystem.Facebook) ? user : null;
    }

    private FacebookReply ReadUser(SimulatedUser user, FacebookCall call) =>
        Fields(call, FacebookSchema.User, out var fields) is { } error ? error : FacebookReply.Of(_edges.User(user, fields, call.Token!));

    private FacebookReply ReadEdge(SimulatedUser user, FacebookCall call)
    {
        var type = FacebookSchema.TypeOf(FacebookSchema.User, call.Path[1])!;
        if (Fields(call, type, out var fields) is { } error)
        {
            return error;
        }

        if (FacebookEdges.Start(call.Parameters.GetValueOrDefault("after")) is not { } start)
        {
            return Error("bad_parameter", "Invalid cursors values");
        }

        var modifiers = call.Parameters.Where(static parameter => parameter.Key is "limit" or "summary").ToDictionary(StringComparer.Ordinal);
        return FacebookReply.Of(_edges.Edge(user, new FacebookField(call.Path[1], modifiers, fields), start, call.Token!));
    }

    private FacebookReply? Fields(FacebookCall call, string type, out IReadOnlyList<FacebookField>? fields)
    {
        fields = null;
        if (!call.Parameters.TryGetValue("fields", out var text))
        {
            return null;
        }

        fields = FacebookField.ParseList(text);
        return fields is null ? Error("bad_parameter", "Syntax error in fields")
            : FacebookSchema.Unknown(fields, type, isGranted("user_work_history")) is { } unknown ? Error("bad_field", unknown)
            : null;
    }
}
