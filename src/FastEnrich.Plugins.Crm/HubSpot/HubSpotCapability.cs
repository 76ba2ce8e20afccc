namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>What the plugin asks for beyond the contact; each costs requests.</summary>
public enum HubSpotCapability
{
    /// <summary>Won deals, as purchases: two requests per batch of users.</summary>
    PurchaseHistory,

    /// <summary>The deals' line items, one purchase each: two more requests per batch.</summary>
    LineItems,

    /// <summary>Calls, e-mails, meetings, notes and tasks: ten requests per batch or more.</summary>
    InteractionTracking,

    /// <summary>Page views of the last 30 days, as events: one request per user, and an account with custom events.</summary>
    PageViews,
}
