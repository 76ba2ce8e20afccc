namespace FastEnrich.Plugins.Http;

/// <summary>The identities that plugins exchange; the engine hands out no others.</summary>
internal static class HttpIdentities
{
    public static readonly string[] All = ["email", "hubspot_id", "salesforce_id", "pipedrive_id", "x_username", "x_id", "facebook_id"];
}
