using System.Text;

namespace FastEnrich.Plugins.Crm.HubSpot;

public sealed partial record HubSpotOptions
{
    // Records print all their properties; the token must not be among them.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ApiKey = ***, LookupBy = ").Append(LookupBy);
        return true;
    }
}
