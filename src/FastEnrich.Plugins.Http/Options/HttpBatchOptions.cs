namespace FastEnrich.Plugins.Http;

/// <summary>How several users are asked for with one request: <c>{keys}</c> stands for what they are looked up by.</summary>
public sealed partial record HttpBatchOptions
{
    /// <summary>Gets the address; <c>{keys}</c> may be a whole value of the query, the keys then separated by <see cref="Separator"/>.</summary>
    [ConfigProperty(Description = "Address of several users; {keys} may be a whole query value", Pattern = HttpOptions.UrlPattern)]
    public required string Url { get; init; }

    /// <summary>Gets the method.</summary>
    /// <value>The default is GET.</value>
    [ConfigProperty(Description = "Method: get or post")]
    public HttpVerb Method { get; init; }

    /// <summary>
    /// Gets the body of a POST; the JSON text <c>"{keys}"</c> becomes a list of texts,
    /// <c>{keys}</c> as a whole value of a form is separated by <see cref="Separator"/>.
    /// </summary>
    [ConfigProperty(Description = "Body of a POST; the text \"{keys}\" becomes a list")]
    public string? Body { get; init; }

    /// <summary>Gets what the body is.</summary>
    /// <value>The default is JSON.</value>
    [ConfigProperty(Description = "What the body is: json or form")]
    public HttpBodyFormat BodyFormat { get; init; }

    /// <summary>Gets what separates keys in a query or form; a user whose key holds it is asked for alone.</summary>
    /// <value>One of <c>,</c> <c>;</c> <c>|</c> or a blank. The default is a comma.</value>
    [ConfigProperty(Description = "What separates keys in a query or form", Pattern = "^[,;| ]$")]
    public string Separator { get; init; } = ",";

    /// <summary>Gets where the users stand in the answer.</summary>
    /// <value>A JSON path. The default is each item of the answer, a list.</value>
    [ConfigProperty(Description = "JSON path of the users in the answer, each by [*]", Pattern = HttpOptions.PathPattern)]
    public string Results { get; init; } = "$[*]";

    /// <summary>Gets where a user's key stands, from the user on.</summary>
    [ConfigProperty(Description = "JSON path of a user's key, from the user on", Pattern = HttpOptions.PathPattern)]
    public required string Key { get; init; }

    /// <summary>Gets whether keys that differ in case alone are the same, as e-mail addresses are.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether keys are compared without case")]
    public bool IgnoreCase { get; init; }

    /// <summary>Gets the statuses that mean that none of the users is known. By default a 404 means that the address is wrong, for lists do not miss.</summary>
    /// <value>The default is none.</value>
    [ConfigProperty(Description = "Statuses that mean that none of the users is known", Minimum = 200, Maximum = 499)]
    public IReadOnlyList<int> NotFoundStatuses { get; init; } = [];

    /// <summary>Gets how many users one request asks for.</summary>
    /// <value>From 2 to 1,000. The default is 50.</value>
    [ConfigProperty(Description = "Users per request", Minimum = 2, Maximum = 1000)]
    public int MaxSize { get; init; } = 50;
}
