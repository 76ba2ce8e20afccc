namespace FastEnrich.Sidecar.Http;

/// <summary>What a caller may do.</summary>
[Flags]
internal enum Scopes
{
    None = 0,

    /// <summary>Read profiles and health.</summary>
    Read = 1,

    /// <summary>Name identities that decide what others get for the user.</summary>
    Identities = 2,

    /// <summary>Forget and refresh users, check plugins.</summary>
    Admin = 4,

    All = Read | Identities | Admin,
}
