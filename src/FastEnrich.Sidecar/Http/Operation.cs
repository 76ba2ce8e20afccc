namespace FastEnrich.Sidecar.Http;

/// <summary>What a path stands for.</summary>
internal enum Operation
{
    Unknown,
    Live,
    Ready,

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
