namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>What a request takes from the company's daily budget of API tokens, as the vendor's specification says.</summary>
internal static class PipedriveCosts
{
    public const int Record = 1;
    public const int List = 10;
    public const int Search = 20;
    public const int Pipelines = 5;
    public const int User = 2;

    /// <summary>Returns what one user costs at most.</summary>
    public static int OfUser(PipedriveOptions options) =>
        (options.LookupBy == "id" ? 0 : Search) + Record
        + options.Capabilities.Distinct().Sum(static capability => capability == PipedriveCapability.Organizations ? Record : List);
}
