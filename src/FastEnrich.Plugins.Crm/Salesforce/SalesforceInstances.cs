namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>
/// Decides where a token may be sent. Its answer names the instance, and whoever writes that answer must not send the token elsewhere: the host is a configured one,
/// or lies in the same domain of Salesforce as the login address.
/// </summary>
internal sealed class SalesforceInstances
{
    // Domains in which the vendor alone gives out names. Sites of customers live in others.
    private static readonly string[] s_vendorDomains = [".salesforce.com", ".salesforce.mil", ".sfcrmproducts.cn"];

    private readonly string _plugin;
    private readonly bool _allowHttp;
    private readonly HashSet<string> _hosts;
    private readonly string? _vendorDomain;
    private readonly UpstreamUrl? _configured;
    private volatile KnownInstance? _last; // tokens change, their instance hardly ever does

    /// <exception cref="ArgumentException">An address cannot be used.</exception>
    public SalesforceInstances(string plugin, SalesforceOptions options)
    {
        _plugin = plugin;
        _allowHttp = options.AllowHttp;
        _hosts = new HashSet<string>(options.InstanceHosts, StringComparer.OrdinalIgnoreCase);
        if (options.Authentication != SalesforceAuthentication.AccessToken)
        {
            var login = Root(options.LoginUrl);
            _hosts.Add(login.Host);
            _vendorDomain = Array.Find(s_vendorDomains, domain => login.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
        }

        if (options.InstanceUrl.Length > 0)
        {
            _configured = Root(options.InstanceUrl);
            _hosts.Add(_configured.Host);
        }
    }

    /// <summary>Returns the root of all calls with a token.</summary>
    /// <exception cref="PluginException">The token's answer named none, or one that is not allowed.</exception>
    public UpstreamUrl Of(AccessToken token)
    {
        if (token.BaseUrl is not { } baseUrl)
        {
            return _configured ?? throw Refused("the token's answer names no usable instance; set instance_url", PluginErrorCode.InvalidResponse);
        }

        if (_last is { } last && last.BaseUrl == baseUrl)
        {
            return last.Root;
        }

        UpstreamUrl root;
        try
        {
            root = Root(baseUrl);
        }
        catch (ArgumentException)
        {
            throw Refused("the token's answer names an instance that is no usable address", PluginErrorCode.InvalidResponse);
        }

        if (!IsAllowed(root.Host))
        {
            throw Refused("the token's answer names an instance that is not allowed; list its host in instance_hosts", PluginErrorCode.InvalidConfig);
        }

        _last = new KnownInstance(baseUrl, root);
        return root;
    }

    /// <summary>A port other than the scheme's own is part of the host, and then no name of the vendor's domain.</summary>
    private bool IsAllowed(string host) =>
        _hosts.Contains(host) || (_vendorDomain is not null && host.EndsWith(_vendorDomain, StringComparison.OrdinalIgnoreCase));

    private UpstreamUrl Root(string address)
    {
        try
        {
            var root = new UpstreamUrl(address);
            root.ThrowIfInsecure(_allowHttp);
            if (root.ToUri().AbsolutePath.Length <= 1)
            {
                return root;
            }
        }
        catch (ArgumentException)
        {
            // The same advice helps against each mistake.
        }

        throw new ArgumentException("login_url and instance_url must be https addresses without path, user or query; http only to this machine, or with allow_http");
    }

    private PluginException Refused(string message, PluginErrorCode code) => new(_plugin, "get_token", message, code);

    private sealed record KnownInstance(string BaseUrl, UpstreamUrl Root);
}
