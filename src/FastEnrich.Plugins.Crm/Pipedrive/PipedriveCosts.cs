namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>What a request takes from the company's daily budget of API tokens, as the vendor's specification says.</summary>
internal static class PipedriveCosts
{
    public const int Record = 1;
    public const int List = 10;
    public const int Search = 20;
    public const int Pipelines = 5;
    public const int User = 2;
}
