using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Http.Templates;

namespace FastEnrich.Plugins.Http;

/// <summary>Everything that is compiled from the options, once. Immutable.</summary>
internal sealed class HttpSetup
{
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: with all mistakes at once; values of headers and credentials are not quoted.</exception>
    public HttpSetup(HttpOptions options, PluginContext context)
    {
        List<string> errors = [];
        var paths = new HttpFieldPaths(errors);
        Credentials = new HttpCredentials(context.Upstream, options, context.TimeProvider, errors);
        Mapper = new HttpMapper(options, context.Descriptor.Name, context.TimeProvider, errors);
        Result = paths.Required(options.Result, "result");
        Single = RequestTemplate.Parse(options.Url, options.Method, options.Body, options.BodyFormat, "", false, ",", options.AllowHttp, errors)!;
        if (Single is { HasPlaceholder: false })
        {
            errors.Add("url: without a placeholder in address or body, all users would get the same answer");
        }

        if (options.LookupBy != TemplateText.UserId && !HttpIdentities.All.Contains(options.LookupBy))
        {
            errors.Add($"lookup_by: user_id, or one of {string.Join(", ", HttpIdentities.All)}");
        }

        if (options.Batch is { } batch)
        {
            Batch = RequestTemplate.Parse(batch.Url, batch.Method, batch.Body, batch.BodyFormat, "batch:", true, batch.Separator, options.AllowHttp, errors)!;
            Results = paths.Required(batch.Results, "batch:results");
            Key = paths.Required(batch.Key, "batch:key");
            if (Batch is { HasPlaceholder: false })
            {
                errors.Add("batch: {keys} must stand in a query value or in the body");
            }
        }

        Health = HealthOf(options, errors);
        if (errors.Count > 0)
        {
            throw new PluginException(context.Upstream.PluginName, "configure", string.Join("; ", errors), PluginErrorCode.InvalidConfig);
        }

        Lookups = [.. Single!.Identities.Concat(options.LookupBy == TemplateText.UserId ? [] : [options.LookupBy]).Distinct(StringComparer.Ordinal)];
    }

    public HttpCredentials Credentials { get; }

    public HttpMapper Mapper { get; }

    public RequestTemplate Single { get; }

    public RequestTemplate? Batch { get; }

    public JsonPath Result { get; }

    public JsonPath? Results { get; }

    public JsonPath? Key { get; }

    public Uri? Health { get; }

    /// <summary>Gets the identities without which a user is not asked for.</summary>
    public IReadOnlyList<string> Lookups { get; }

    private static Uri? HealthOf(HttpOptions options, List<string> errors)
    {
        if (options.HealthUrl is null)
        {
            return null;
        }

        var url = UrlTemplate.Parse(options.HealthUrl, "health_url", false, ",", options.AllowHttp, errors);
        if (url?.Texts.Any(static text => !text.IsLiteral) == true)
        {
            errors.Add("health_url: no placeholders");
        }

        return url?.ToUri(new TemplateValues([]));
    }
}
