namespace FastEnrich.Simulators;

/// <summary>Everything that is true of one simulated user; each simulator shows its own part. Immutable.</summary>
public sealed record SimulatedUser
{
    /// <summary>Gets the user's place in the population, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the user's id: digits, and the record id in HubSpot and Pipedrive, which number their records.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the record id of the contact in Salesforce, 18 characters.</summary>
    public required string SalesforceId { get; init; }

    /// <summary>Gets the systems that know the user.</summary>
    public required IReadOnlySet<SimulatedSystem> KnownTo { get; init; }

    /// <summary>Gets the first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Gets the last name.</summary>
    public required string LastName { get; init; }

    /// <summary>Gets the e-mail address, at a domain reserved for examples.</summary>
    public required string Email { get; init; }

    /// <summary>Gets the gender.</summary>
    public required string Gender { get; init; }

    /// <summary>Gets the date of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Gets the marital status.</summary>
    public required string MaritalStatus { get; init; }

    /// <summary>Gets where the user lives.</summary>
    public required SimulatedCity City { get; init; }

    /// <summary>Gets the occupation.</summary>
    public required string JobTitle { get; init; }

    /// <summary>Gets the employer.</summary>
    public required string Company { get; init; }

    /// <summary>Gets the employer's industry.</summary>
    public required string Industry { get; init; }

    /// <summary>Gets the degree, or <see langword="null"/>.</summary>
    public string? Degree { get; init; }

    /// <summary>Gets the field of study, or <see langword="null"/>.</summary>
    public string? FieldOfStudy { get; init; }

    /// <summary>Gets the interests.</summary>
    public required IReadOnlyList<string> Interests { get; init; }

    /// <summary>Gets the lifecycle stage, by HubSpot's names.</summary>
    public required string LifecycleStage { get; init; }

    /// <summary>Gets the lead score, 0 to 100.</summary>
    public required int LeadScore { get; init; }

    /// <summary>Gets the source of the first visit, by HubSpot's names.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the number of visits.</summary>
    public required int Visits { get; init; }

    /// <summary>Gets the number of page views.</summary>
    public required int PageViews { get; init; }

    /// <summary>Gets the number of conversions.</summary>
    public required int Conversions { get; init; }

    /// <summary>Gets the number of e-mails delivered.</summary>
    public required int EmailsDelivered { get; init; }

    /// <summary>Gets the number of e-mails opened.</summary>
    public required int EmailsOpened { get; init; }

    /// <summary>Gets the number of e-mails clicked.</summary>
    public required int EmailsClicked { get; init; }

    /// <summary>Gets the name on X, or <see langword="null"/>.</summary>
    public string? XUsername { get; init; }

    /// <summary>Gets the id on X, or <see langword="null"/>; beyond what a double holds, as real ones are.</summary>
    public string? XId { get; init; }

    /// <summary>Gets the id on Facebook, or <see langword="null"/>.</summary>
    public string? FacebookId { get; init; }

    /// <summary>Gets the number of followers on X.</summary>
    public required int Followers { get; init; }

    /// <summary>Gets the number of connections on LinkedIn.</summary>
    public required int LinkedInConnections { get; init; }

    /// <summary>Gets when the user became known.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the last visit.</summary>
    public required DateTimeOffset LastVisitAt { get; init; }

    /// <summary>Gets the deals, oldest first.</summary>
    public required IReadOnlyList<SimulatedDeal> Deals { get; init; }

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SimulatedUser);
}
