namespace FastEnrich.Sidecar.Http;

/// <summary>What a path stands for.</summary>
internal enum Operation
{
    Unknown,
    Live,
    Ready,

    /// <summary><c>/v1/plugins</c></summary>
    Plugins,

    /// <summary><c>/v1/plugins/{name}</c></summary>
    Plugin,

    /// <summary><c>/v1/plugins/{name}/enable</c></summary>
    PluginEnable,

    /// <summary><c>/v1/plugins/{name}/disable</c></summary>
    PluginDisable,

    /// <summary><c>/v1/plugins/{name}/reviews</c></summary>
    PluginReviews,

    /// <summary><c>/v1/plugins/{name}/log-level</c>: what it is, or what it is to be, by method.</summary>
    PluginLogLevel,

    /// <summary><c>/v1/health</c></summary>
    Health,

    /// <summary><c>/v1/health/{plugin}</c></summary>
    PluginHealth,

    /// <summary><c>/v1/health/{plugin}/check</c></summary>
    HealthCheck,

    /// <summary><c>/v1/users/{id}/profile</c></summary>
    Profile,

    /// <summary><c>/v1/users/{id}</c></summary>
    User,

    /// <summary><c>/v1/users/{id}/refresh</c></summary>
    Refresh,

    /// <summary><c>/v1/profile?user_id=</c>: profile or user, by method.</summary>
    ProfileByQuery,

    /// <summary><c>/v1/profile/refresh?user_id=</c></summary>
    RefreshByQuery,
}
