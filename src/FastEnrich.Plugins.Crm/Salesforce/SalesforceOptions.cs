namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>How the Salesforce plugin reaches its organization, finds users there and reads them. Section <c>plugins.salesforce.config</c>.</summary>
public sealed partial record SalesforceOptions
{
    private const string Field = "^([A-Za-z][A-Za-z0-9_]{0,79})?$";

    /// <summary>Gets how the access token is got.</summary>
    /// <value>The default is <see cref="SalesforceAuthentication.ClientCredentials"/>.</value>
    [ConfigProperty(Description = "How the access token is got: client_credentials, refresh_token, jwt_bearer or access_token")]
    public SalesforceAuthentication Authentication { get; init; }

    /// <summary>Gets the address that tokens are asked for at.</summary>
    /// <value>
    /// https, without a path. The default is <c>https://login.salesforce.com</c>; sandboxes use <c>https://test.salesforce.com</c>,
    /// and client credentials work only at the organization's own <c>https://(name).my.salesforce.com</c>.
    /// </value>
    [ConfigProperty(Description = "Address of the token endpoint's host; client_credentials needs the organization's own https://NAME.my.salesforce.com", Pattern = "^https?://")]
    public string LoginUrl { get; init; } = "https://login.salesforce.com";

    /// <summary>Gets the consumer key of the app.</summary>
    /// <value>Required unless a token is given.</value>
    [ConfigProperty(Description = "Consumer key of the app")]
    public string ClientId { get; init; } = "";

    /// <summary>Gets the consumer secret of the app.</summary>
    /// <value>Required for client credentials; sent with a refresh token where it is given.</value>
    [ConfigProperty(Description = "Consumer secret of the app", Sensitive = true)]
    public string ClientSecret { get; init; } = "";

    /// <summary>Gets the refresh token.</summary>
    /// <value>Required for a refresh token.</value>
    [ConfigProperty(Description = "Refresh token", Sensitive = true)]
    public string RefreshToken { get; init; } = "";

    /// <summary>Gets the user that a signed statement acts for.</summary>
    /// <value>Required for a signed statement.</value>
    [ConfigProperty(Description = "User name that a signed statement acts for")]
    public string Username { get; init; } = "";

    /// <summary>Gets the private key that statements are signed with.</summary>
    /// <value>PEM, RSA of at least 2,048 bits. Required for a signed statement.</value>
    [ConfigProperty(Description = "RSA private key, PEM, that statements are signed with", Sensitive = true)]
    public string PrivateKey { get; init; } = "";

    /// <summary>Gets who signed statements are for.</summary>
    /// <value>
    /// Empty, the default, for <see cref="LoginUrl"/>; at a My Domain address Salesforce expects
    /// <c>https://login.salesforce.com</c> or <c>https://test.salesforce.com</c>.
    /// </value>
    [ConfigProperty(Description = "Audience of signed statements; empty for login_url", Pattern = "^(https?://.*)?$")]
    public string Audience { get; init; } = "";

    /// <summary>Gets the access token that is used as it stands.</summary>
    /// <value>Required when no token is asked for.</value>
    [ConfigProperty(Description = "Access token that is used as it stands", Sensitive = true)]
    public string AccessToken { get; init; } = "";

    /// <summary>Gets the instance to ask when the token's answer names none.</summary>
    /// <value>https, without a path. Required with a given token; empty, the default, for the instance of the token's answer.</value>
    [ConfigProperty(Description = "Address of the instance; required with access_token, else taken from the token's answer", Pattern = "^(https?://.*)?$")]
    public string InstanceUrl { get; init; } = "";

    /// <summary>Gets further hosts that a token's answer may send the plugin to.</summary>
    /// <value>Hosts, with a port unless it is 443. The default is empty: the configured hosts, and those of Salesforce's domain when <see cref="LoginUrl"/> is in it.</value>
    [ConfigProperty(Description = "Further hosts that a token's answer may name as the instance", Pattern = "^[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]
    public IReadOnlyList<string> InstanceHosts { get; init; } = [];

    /// <summary>Gets whether addresses may be plain http although their host is not this machine: tokens and users' data then travel in the open.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http is allowed to other machines")]
    public bool AllowHttp { get; init; }

    /// <summary>Gets the version of the API.</summary>
    /// <value>The default is <c>v67.0</c>.</value>
    [ConfigProperty(Description = "Version of the API, such as v67.0", Pattern = "^v[1-9][0-9]{1,2}\\.0$")]
    public string ApiVersion { get; init; } = "v67.0";

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets what users are looked up by.</summary>
    /// <value>
    /// <c>id</c>, the default: the identity <c>salesforce_id</c>, else the user id, is the contact's record id. <c>email</c>: the identity <c>email</c>, else the user id.
    /// Anything else is the name of an external id field of the contact that holds the user id.
    /// </value>
    [ConfigProperty(
        Description = "What users are looked up by: id, email, or the name of an external id field of the contact that holds the user id",
        Pattern = "^[A-Za-z][A-Za-z0-9_]{0,79}$")]
    public string LookupBy { get; init; } = "id";

    /// <summary>Gets the type of the external id field that users are looked up by.</summary>
    /// <value>The default is <see cref="SalesforceIdType.Text"/>.</value>
    [ConfigProperty(Description = "Type of the external id field: text or number")]
    public SalesforceIdType ExternalIdType { get; init; }

    /// <summary>Gets what is read beside the contact.</summary>
    /// <value>The default is everything.</value>
    [ConfigProperty(Description = "What is read beside the contact: purchase_history, line_items, interaction_tracking, company")]
    public IReadOnlyList<SalesforceCapability> Capabilities { get; init; } =
        [SalesforceCapability.PurchaseHistory, SalesforceCapability.LineItems, SalesforceCapability.InteractionTracking, SalesforceCapability.Company];

    /// <summary>Gets how many users are read with one request.</summary>
    /// <value>From 1 to 2,000, Salesforce's own limit. The default is 200, so that what is read beside them stays within one page and a few megabytes.</value>
    [ConfigProperty(Description = "Users per request", Minimum = 1, Maximum = 2000)]
    public int BatchSize { get; init; } = 200;

    /// <summary>Gets how many API requests a second may be sent.</summary>
    /// <value>More than zero. The default is 25: Salesforce limits no rate, but 25 requests at a time that run long, and the requests of a day.</value>
    [ConfigProperty(Description = "API requests per second", Minimum = 0.1, Maximum = 100000)]
    public double RateLimit { get; init; } = 25;

    /// <summary>Gets the currency of amounts that name none.</summary>
    /// <value>An ISO 4217 code in capitals: the organization's own. Empty, the default, leaves the currency out.</value>
    [ConfigProperty(Description = "ISO 4217 currency of the organization; empty leaves the currency out", Pattern = "^([A-Z]{3})?$")]
    public string DefaultCurrency { get; init; } = "";

    /// <summary>Gets whether the organization has several currencies: only then do records have <c>CurrencyIsoCode</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether the organization uses several currencies")]
    public bool MultiCurrency { get; init; }

    /// <summary>Gets the field of a line item's product that identifies it in purchases.</summary>
    /// <value><c>Id</c>, the default, <c>ProductCode</c>, or a field of the product.</value>
    [ConfigProperty(Description = "Field of Product2 that identifies a purchased product", Pattern = "^[A-Za-z][A-Za-z0-9_]{0,79}$")]
    public string ProductField { get; init; } = "Id";

    /// <summary>Gets the contact field that holds the gender.</summary>
    /// <value><c>GenderIdentity</c> where the organization has enabled it, or a custom field; empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the gender: GenderIdentity or a custom field; empty for none", Pattern = Field)]
    public string GenderField { get; init; } = "";

    /// <summary>Gets the contact field that holds the income.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the income; empty for none", Pattern = Field)]
    public string IncomeField { get; init; } = "";

    /// <summary>Gets the contact field that holds the education.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the education; empty for none", Pattern = Field)]
    public string EducationField { get; init; } = "";

    /// <summary>Gets the contact field that holds the marital status.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the marital status; empty for none", Pattern = Field)]
    public string MaritalStatusField { get; init; } = "";

    /// <summary>Gets the contact field that holds interests, a multi-select picklist.</summary>
    /// <value>Empty, the default, for the families of purchased products.</value>
    [ConfigProperty(Description = "Contact field with interests, a multi-select picklist; empty for the families of purchased products", Pattern = Field)]
    public string InterestsField { get; init; } = "";

    /// <summary>Gets the contact field that holds the lead score.</summary>
    /// <value>A number field; empty, the default, for none: Salesforce has no standard one.</value>
    [ConfigProperty(Description = "Contact field with the lead score; empty for none", Pattern = Field)]
    public string LeadScoreField { get; init; } = "";

    /// <summary>Gets the contact field that holds the name on X.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the name on X; empty for none", Pattern = Field)]
    public string XUsernameField { get; init; } = "";

    /// <summary>Gets the contact field that holds the id on Facebook.</summary>
    /// <value>Empty, the default, for none.</value>
    [ConfigProperty(Description = "Contact field with the id on Facebook; empty for none", Pattern = Field)]
    public string FacebookIdField { get; init; } = "";

    /// <summary>Gets further contact fields to deliver, by the name they get in <c>contextual_data</c>.</summary>
    /// <value>The default is empty.</value>
    [ConfigProperty(Description = "Further contact fields, by the name they get in contextual_data", Pattern = "^[A-Za-z][A-Za-z0-9_]{0,79}$")]
    public IReadOnlyDictionary<string, string> ContextualFields { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets standard contact fields that are not asked for, because the plugin's user may not read them: Salesforce refuses the whole request for one.</summary>
    /// <value>The default is empty.</value>
    [ConfigProperty(Description = "Standard contact fields that are not asked for", Pattern = "^[A-Za-z][A-Za-z0-9_]{0,79}$")]
    public IReadOnlyList<string> OmittedFields { get; init; } = [];
}
