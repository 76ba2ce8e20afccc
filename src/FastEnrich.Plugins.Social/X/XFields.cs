namespace FastEnrich.Plugins.Social.X;

/// <summary>What to ask for, in the vocabulary of the configured version: the API sends little by itself.</summary>
internal sealed class XFields
{
    public const string User = "created_at,location,profile_image_url,protected,public_metrics,subscription_type,verified,verified_type";
    public const string Place = "country_code,full_name,name,place_type";

    public XFields(XOptions options)
    {
        var interests = options.Capabilities.Contains(XCapability.InterestsExtraction);
        var engagement = options.Capabilities.Contains(XCapability.EngagementMetrics);
        var activity = options.Capabilities.Contains(XCapability.ActivityPatterns);
        ReadsPosts = interests || engagement || activity;
        ReadsLists = options.Capabilities.Contains(XCapability.ListMemberships);
        PostParameter = options.PostFieldsParameter;
        List<string> fields = ["created_at", "geo", "lang"];
        List<string> expansions = ["geo.place_id"];
        if (interests)
        {
            fields.Add("context_annotations");
        }

        if (interests || activity)
        {
            fields.Add("entities");
        }

        if (engagement)
        {
            fields.Add("public_metrics");
        }

        // What a post refers to also tells the user's own posts from reposts.
        if (PostParameter == "tweet.fields")
        {
            fields.Add("referenced_tweets");
        }
        else
        {
            expansions.Add("referenced_posts"); // the newer version has it as an expansion alone
        }

        Post = string.Join(',', fields);
        Expansions = string.Join(',', expansions);
    }

    public bool ReadsPosts { get; }

    public bool ReadsLists { get; }

    public string PostParameter { get; }

    public string Post { get; }

    public string Expansions { get; }
}
