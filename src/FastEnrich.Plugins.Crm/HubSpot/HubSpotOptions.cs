namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>How the HubSpot plugin reaches its account, finds users there and reads them. Section <c>plugins.hubspot.config</c>.</summary>
public sealed partial record HubSpotOptions
{
    /// <summary>Gets the API's base address.</summary>
    /// <value>http or https, with or without a path. The default is HubSpot's own.</value>
    [ConfigProperty(Description = "API base URL", Pattern = "^https?://")]
    public string ApiUrl { get; init; } = "https://api.hubapi.com";

    /// <summary>Gets the access token of a private app.</summary>
    /// <value>Visible ASCII characters without blanks; empty, the default, when OAuth's three values are given instead.</value>
    [ConfigProperty(
        Description = "Access token of a private app with the scopes crm.objects.contacts.read "
            + "and, for purchases, crm.objects.deals.read and crm.objects.line_items.read",
        Sensitive = true,
        Pattern = "^[!-~]*$")]
    public string ApiKey { get; init; } = "";

    /// <summary>Gets the id of an OAuth app.</summary>
    /// <value>Empty, the default, with a private app's token.</value>
    [ConfigProperty(Description = "Client id of an OAuth app, instead of api_key")]
    public string ClientId { get; init; } = "";

    /// <summary>Gets the secret of an OAuth app.</summary>
    /// <value>Empty, the default, with a private app's token.</value>
    [ConfigProperty(Description = "Client secret of an OAuth app", Sensitive = true)]
    public string ClientSecret { get; init; } = "";

    /// <summary>Gets the refresh token that an account granted the OAuth app.</summary>
    /// <value>Empty, the default, with a private app's token.</value>
    [ConfigProperty(Description = "Refresh token that the account granted the OAuth app", Sensitive = true)]
    public string RefreshToken { get; init; } = "";

    /// <summary>Gets the address of OAuth's token endpoint.</summary>
    /// <value>Empty, the default, for <c>/oauth/v1/token</c> below <see cref="ApiUrl"/>.</value>
    [ConfigProperty(Description = "OAuth token endpoint; empty for /oauth/v1/token below api_url", Pattern = "^(https?://.*)?$")]
    public string TokenUrl { get; init; } = "";

    /// <summary>Gets whether plain http may be used to another machine: tokens and users' data then travel in the open.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http may be used to another machine")]
    public bool AllowHttp { get; init; }

    /// <summary>Gets the path of the CRM API up to, and where it is part of the version with, <c>objects</c>.</summary>
    /// <value>The default is <c>/crm/v3</c>; a date version reads <c>/crm/objects/2026-03</c>.</value>
    [ConfigProperty(Description = "Path of the CRM API: /crm/v3, or a date version such as /crm/objects/2026-03", Pattern = "^/[A-Za-z0-9/_-]+$")]
    public string PathPrefix { get; init; } = "/crm/v3";

    /// <summary>Gets the path of the associations API up to, and where it is part of the version with, <c>associations</c>.</summary>
    /// <value>The default is <c>/crm/v4</c>.</value>
    [ConfigProperty(Description = "Path of the associations API: /crm/v4, or a date version such as /crm/associations/2026-03", Pattern = "^/[A-Za-z0-9/_-]+$")]
    public string AssociationsPrefix { get; init; } = "/crm/v4";

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets what users are looked up by.</summary>
    /// <value>
    /// <c>id</c>, the default: the identity <c>hubspot_id</c>, else the user id, is the contact's record id. <c>email</c>: the identity <c>email</c>, else the user id.
    /// Anything else is the name of a contact property with unique values that holds the user id.
    /// </value>
    [ConfigProperty(Description = "What users are looked up by: id, email, or the name of a unique contact property that holds the user id", Pattern = "^[a-z][a-z0-9_]{0,99}$")]
    public string LookupBy { get; init; } = "id";

    /// <summary>Gets the contact property that holds the lead score.</summary>
    /// <value>Empty, the default, for HubSpot's own scores; its <c>hubspotscore</c> is no longer updated and then marked as stale.</value>
    [ConfigProperty(Description = "Contact property that holds the lead score; empty for HubSpot's own scores", Pattern = "^([a-z][a-z0-9_]{0,99})?$")]
    public string LeadScoreProperty { get; init; } = "";

    /// <summary>Gets the contact property that holds interests, separated by semicolons as multiple checkboxes are.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact property that holds interests separated by semicolons; empty for none", Pattern = "^([a-z][a-z0-9_]{0,99})?$")]
    public string InterestsProperty { get; init; } = "";

    /// <summary>Gets further contact properties to deliver, by the name they get in <c>contextual_data</c>.</summary>
    /// <value>The default is empty.</value>
    [ConfigProperty(Description = "Further contact properties, by the name they get in contextual_data")]
    public IReadOnlyDictionary<string, string> ContextualProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets what is asked for beyond the contact.</summary>
    /// <value>The default is purchase_history and line_items; without purchase_history, the most recent deal's amount and date stand in.</value>
    [ConfigProperty(Description = "What is asked for beyond the contact: purchase_history, line_items, interaction_tracking, page_views")]
    public IReadOnlyList<HubSpotCapability> Capabilities { get; init; } = [HubSpotCapability.PurchaseHistory, HubSpotCapability.LineItems];

    /// <summary>Gets the deal property that holds the product's id, for deals without line items.</summary>
    /// <value>Empty, the default, for the deal's own record id.</value>
    [ConfigProperty(Description = "Deal property that holds the product's id, for deals without line items; empty for the deal's record id", Pattern = "^([a-z][a-z0-9_]{0,99})?$")]
    public string DealProductProperty { get; init; } = "";

    /// <summary>Gets the property of line items that holds the product's id.</summary>
    /// <value>The default is <c>hs_product_id</c>; <c>hs_sku</c> names the product as other systems do.</value>
    [ConfigProperty(
        Description = "Line item property that holds the product's id: hs_product_id, or hs_sku to name products as other systems do",
        Pattern = "^[a-z][a-z0-9_]{0,99}$")]
    public string LineItemProductProperty { get; init; } = "hs_product_id";

    /// <summary>Gets the contact property that holds the user's id on Facebook.</summary>
    /// <value>Empty, the default, for none; <c>hs_facebookid</c> is a name that people type.</value>
    [ConfigProperty(Description = "Contact property that holds the user's id on Facebook; empty for none", Pattern = "^([a-z][a-z0-9_]{0,99})?$")]
    public string FacebookIdProperty { get; init; } = "";

    /// <summary>Gets the currency of deals that name none.</summary>
    /// <value>An ISO 4217 code in capitals; empty, the default, leaves the currency out.</value>
    [ConfigProperty(Description = "ISO 4217 currency of deals that name none; empty leaves the currency out", Pattern = "^([A-Z]{3})?$")]
    public string DefaultCurrency { get; init; } = "";

    /// <summary>Gets how many requests a second may be sent.</summary>
    /// <value>More than zero. The default is 10, the limit of HubSpot's smallest plan (100 in 10 seconds).</value>
    [ConfigProperty(Description = "Requests per second", Minimum = 0.1, Maximum = 100000)]
    public double RateLimit { get; init; } = 10;
}
