namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>What is read beside the contact; each costs API requests of its own.</summary>
public enum SalesforceCapability
{
    /// <summary>Opportunities that the contact has a role in: one request per batch of users.</summary>
    PurchaseHistory,

    /// <summary>The products within won opportunities: one request per batch of users, with <see cref="PurchaseHistory"/> alone.</summary>
    LineItems,

    /// <summary>Cases, tasks and events: three requests per batch of users.</summary>
    InteractionTracking,

    /// <summary>The contact's account: one request per batch of users that are looked up by id or external id, else none.</summary>
    Company,
}
