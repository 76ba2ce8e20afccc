namespace FastEnrich;

/// <summary>How an application stands with its token, from good to bad.</summary>
internal enum TokenStanding
{
    /// <summary>Valid, not needed, or not asked for yet.</summary>
    Good,

    /// <summary>Still valid, and what should replace it does not come.</summary>
    Expiring,

    /// <summary>There is none that the upstream would take.</summary>
    Expired,
}
