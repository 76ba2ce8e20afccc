using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

internal sealed partial class HubSpotMapper
{
    private static SocialConnections Social(HubSpotProperties properties, Confidence confidence)
    {
        var followers = properties.Count("followercount") ?? 0;
        var linkedIn = properties.Count("linkedinconnections") ?? 0;
        var interactions = new FactsBuilder();
        interactions.Add("x_clicks", properties.Count("hs_social_twitter_clicks"));
        interactions.Add("facebook_clicks", properties.Count("hs_social_facebook_clicks"));
        interactions.Add("linkedin_clicks", properties.Count("hs_social_linkedin_clicks"));
        return new SocialConnections
        {
            Platforms = confidence.Kept(Platforms(properties)),
            Connections = confidence.Kept<long?>(followers + linkedIn > 0 ? followers + linkedIn : null) ?? 0,
            Influence = followers,
            Interactions = confidence.Derived(interactions.Build()),
        };
    }

    private static string[] Platforms(HubSpotProperties properties)
    {
        List<string> platforms = [];
        if (SocialNames.XUsername(properties.Text("twitterhandle")) is not null)
        {
            platforms.Add("x");
        }

        if (properties.Text("hs_linkedinid") is not null)
        {
            platforms.Add("linkedin");
        }

        if (properties.Text("hs_facebookid") is not null)
        {
            platforms.Add("facebook");
        }

        return [.. platforms];
    }
}
