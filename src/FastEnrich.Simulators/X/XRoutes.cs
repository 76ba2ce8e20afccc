using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Answers the routes over a population. Thread-safe.</summary>
internal sealed class XRoutes(XSimulatorOptions options)
{
    public const string Users = "users";
    public const string UsersBy = "users_by";
    public const string User = "user";
    public const string UserByUsername = "user_by_username";
    public const string Posts = "posts";
    public const string Lists = "lists";
    public const string Me = "me";
    public const string Usage = "usage";

    private const int DefaultPage = 10;
    private const string TokenPrefix = "7140dibdnow9c7btw"; // what real ones begin with

    private readonly XAnswers _answers = new(options.NewVocabulary);
    private long _postsRead;

    public static string RouteOf(string method, string[] path) => (method, path) switch
    {
        ("GET", ["2", "users"]) => Users,
        ("GET", ["2", "users", "by"]) => UsersBy,
        ("GET", ["2", "users", "me"]) => Me,
        ("GET", ["2", "users", "by", "username", _]) => UserByUsername,
        ("GET", ["2", "users", _, "tweets"]) => Posts,
        ("GET", ["2", "users", _, "list_memberships"]) => Lists,
        ("GET", ["2", "users", _]) => User,
        ("GET", ["2", "usage", "tweets"]) => Usage,
        _ => "unknown",
    };

    public Task AnswerAsync(string route, string[] path, HttpContext http, Func<string, SimulatedError> errors)
    {
        var query = new XQuery(http.Request.Query);
        return route switch
        {
            Users => ManyAsync(http, query, "ids", IsId, ById, errors),
            UsersBy => ManyAsync(http, query, "usernames", IsUsername, ByUsername, errors),
            User => OneAsync(http, query, "id", path[2], IsId, ById, errors),
            UserByUsername => OneAsync(http, query, "username", path[4], IsUsername, ByUsername, errors),
            Posts => PostsAsync(http, query, path[2], errors),
            Lists => ListsAsync(http, query, path[2], errors),
            Me => XAnswers.WriteAsync(http, writer => _answers.User(writer, "data", XAccount.Of(options.Population.GetUser(0), options.Population.Seed)!, [])),
            Usage => XAnswers.WriteAsync(http, writer => XAnswers.Usage(writer, options.PostCap, Volatile.Read(ref _postsRead))),
            _ => errors("route_not_found").WriteAsync(http),
        };
    }

    private static bool IsId(string text) => text.Length is > 0 and <= 19 && text.All(char.IsAsciiDigit);

    private static bool IsUsername(string text) => text.Length is > 0 and <= 15 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private XAccount? ById(string id) => XAccount.Of(options.Population.FindByXId(id), options.Population.Seed);

    private XAccount? ByUsername(string username) => XAccount.Of(options.Population.FindByXUsername(username), options.Population.Seed);

    private async Task ManyAsync(HttpContext http, XQuery query, string parameter, Func<string, bool> isValid, Func<string, XAccount?> find, Func<string, SimulatedError> errors)
    {
        var keys = query.Required(parameter, isValid);
        var fields = query.Names("user.fields", XAnswers.UserFields);
        query.RefuseOthers();
        if (query.Problem is { } problem)
        {
            await errors("invalid_request").WriteAsync(http, problem).ConfigureAwait(false);
            return;
        }

        var found = keys.Select(key => (Key: key, Account: find(key))).ToList();
        await XAnswers.WriteAsync(http, writer =>
        {
            if (found.Exists(static entry => entry.Account is { IsSuspended: false }))
            {
                writer.WriteStartArray("data");
                found.ForEach(entry => _answers.User(writer, null, entry.Account is { IsSuspended: false } account ? account : null, fields));
                writer.WriteEndArray();
            }

            XAnswers.Missing(writer, parameter, found);
        }).ConfigureAwait(false);
    }

    private Task OneAsync(
        HttpContext http,
        XQuery query,
        string parameter,
        string key,
        Func<string, bool> isValid,
        Func<string, XAccount?> find,
        Func<string, SimulatedError> errors)
    {
        var fields = query.Names("user.fields", XAnswers.UserFields);
        query.RefuseOthers();
        var problem = query.Problem ?? (isValid(key) ? null : $"The `{parameter}` path parameter value is not valid");
        return problem is not null ? errors("invalid_request").WriteAsync(http, problem)
            : find(key) is { IsSuspended: false } account ? XAnswers.WriteAsync(http, writer => _answers.User(writer, "data", account, fields))
            : errors("user_not_found").WriteAsync(http, key);
    }

    private Task PostsAsync(HttpContext http, XQuery query, string id, Func<string, SimulatedError> errors)
    {
        var count = query.Number("max_results", 5, 100, DefaultPage);
        var fields = query.Names(options.NewVocabulary ? "post.fields" : "tweet.fields", XAnswers.PostFields(options.NewVocabulary));
        var expansions = query.Names("expansions", XAnswers.PostExpansions(options.NewVocabulary));
        query.Names("place.fields", XAnswers.PlaceFields);
        var token = query.Text("pagination_token");
        query.RefuseOthers();
        var start = 0;
        if (token is not null
            && (!token.StartsWith(TokenPrefix, StringComparison.Ordinal)
                || !int.TryParse(token.AsSpan(TokenPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            return errors("invalid_request").WriteAsync(http, "The `pagination_token` query parameter value is not valid");
        }

        if (query.Problem is { } problem)
        {
            return errors("invalid_request").WriteAsync(http, problem);
        }

        if (ById(id) is not { IsSuspended: false } account)
        {
            return errors("user_not_found_in_answer").WriteAsync(http, id);
        }

        if (account.IsProtected)
        {
            return errors("not_authorized_for_resource").WriteAsync(http, id);
        }

        var page = account.Posts.Skip(start).Take(count).ToList();
        if (Interlocked.Add(ref _postsRead, page.Count) > options.PostCap)
        {
            return errors("usage_capped").WriteAsync(http);
        }

        var next = start + page.Count < account.Posts.Count ? string.Create(CultureInfo.InvariantCulture, $"{TokenPrefix}{start + page.Count}") : null;
        return XAnswers.WriteAsync(http, writer => _answers.Posts(writer, account, page, fields, expansions, next));
    }

    private Task ListsAsync(HttpContext http, XQuery query, string id, Func<string, SimulatedError> errors)
    {
        query.Number("max_results", 1, 100, 100);
        query.RefuseOthers();
        return query.Problem is { } problem ? errors("invalid_request").WriteAsync(http, problem)
            : ById(id) is { IsSuspended: false } account ? XAnswers.WriteAsync(http, writer => XAnswers.Lists(writer, account))
            : errors("user_not_found_in_answer").WriteAsync(http, id);
    }
}
