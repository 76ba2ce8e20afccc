namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>What the Pipedrive plugin reads besides the person, each for requests and API tokens of its own.</summary>
public enum PipedriveCapability
{
    /// <summary>Won deals for the purchase history, open ones for the lead score: 10 tokens for each person who has any.</summary>
    Deals,

    /// <summary>The products of won deals: 10 tokens for a hundred deals that have any. Means nothing without <see cref="Deals"/>.</summary>
    Products,

    /// <summary>Activities for preferred channels, times and interactions: 10 tokens for each person who has any.</summary>
    Activities,

    /// <summary>The organization that a person belongs to: 1 token, or 10 for a batch.</summary>
    Organizations,
}
