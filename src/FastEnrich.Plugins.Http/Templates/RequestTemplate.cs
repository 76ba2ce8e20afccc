namespace FastEnrich.Plugins.Http.Templates;

/// <summary>A request with placeholders: address, method, body. Immutable.</summary>
internal sealed class RequestTemplate(UrlTemplate url, HttpVerb verb, BodyTemplate? body)
{
    private const string IdentityPrefix = TemplateText.IdentityPrefix;

    private IEnumerable<TemplatePart> Placeholders => url.Texts.Concat(body?.Texts ?? []).SelectMany(static text => text.Parts).Where(static part => part.IsPlaceholder);

    /// <summary>Gets whether the request names a user at all.</summary>
    public bool HasPlaceholder => Placeholders.Any();

    /// <summary>Gets whether the keys of a batch stand in the address, which must not grow without end.</summary>
    public bool HasKeysInUrl => url.Texts.Any(static text => text.IsKeys);

    /// <summary>Gets whether keys are separated by a character, which they must not hold then.</summary>
    public bool SeparatesKeys(HttpBodyFormat format) => HasKeysInUrl || format == HttpBodyFormat.Form;

    /// <summary>Gets the identities that the request names.</summary>
    public IEnumerable<string> Identities =>
        Placeholders.Where(static part => part.Text.StartsWith(IdentityPrefix, StringComparison.Ordinal)).Select(static part => part.Text[IdentityPrefix.Length..]);

    /// <summary>Reads a request, and says what is wrong with it; the result is used only when nothing is.</summary>
    public static RequestTemplate? Parse(
        string url,
        HttpVerb verb,
        string? body,
        HttpBodyFormat format,
        string prefix,
        bool batch,
        string separator,
        bool allowHttp,
        ICollection<string> errors)
    {
        if (verb == HttpVerb.Get && body is not null)
        {
            errors.Add($"{prefix}body: a GET has none; set method to post");
        }

        var address = UrlTemplate.Parse(url, $"{prefix}url", batch, separator, allowHttp, errors);
        var content = body is null ? null : BodyTemplate.Parse(body, format, $"{prefix}body", batch, separator, errors);
        return address is null ? null : new RequestTemplate(address, verb, content);
    }

    /// <summary>Makes a request; <see langword="null"/> when a value is missing, or one cannot stand where it should.</summary>
    public HttpRequestMessage? ToMessage(TemplateValues values)
    {
        if (url.ToUri(values) is not { } uri)
        {
            return null;
        }

        var content = body?.ToContent(values);
        return body is not null && content is null ? null : new HttpRequestMessage(verb == HttpVerb.Post ? HttpMethod.Post : HttpMethod.Get, uri) { Content = content };
    }
}
