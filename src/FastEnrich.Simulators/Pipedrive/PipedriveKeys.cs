namespace FastEnrich.Simulators;

/// <summary>The keys of the custom person fields that every simulated account has.</summary>
internal static class PipedriveKeys
{
    public const string CustomerId = "c0ffee0000000000000000000000000000000001";
    public const string Gender = "c0ffee0000000000000000000000000000000002";
    public const string Interests = "c0ffee0000000000000000000000000000000003";
    public const string LeadScore = "c0ffee0000000000000000000000000000000004";
    public const string MaritalStatus = "c0ffee0000000000000000000000000000000005";
    public const string Education = "c0ffee0000000000000000000000000000000006";
    public const string XUsername = "c0ffee0000000000000000000000000000000007";
    public const string FacebookId = "c0ffee0000000000000000000000000000000008";

    /// <summary>The fields that a search reads: texts, and no options.</summary>
    public static readonly string[] Searchable = [CustomerId, Education, XUsername, FacebookId];
}
