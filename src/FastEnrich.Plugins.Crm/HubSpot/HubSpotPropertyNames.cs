namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>The properties to ask for: HubSpot sends only three of a contact's by itself.</summary>
internal sealed class HubSpotPropertyNames
{
    private static readonly string[] s_contact =
    [
        "email", "date_of_birth", "gender", "marital_status", "relationship_status", "degree", "school", "field_of_study", "graduation_date",
        "jobtitle", "job_function", "seniority", "city", "state", "country", "ip_city", "ip_state", "ip_country", "ip_country_code",
        "twitterhandle", "hs_linkedinid", "hs_facebookid", "followercount", "linkedinconnections",
        "hs_social_twitter_clicks", "hs_social_facebook_clicks", "hs_social_linkedin_clicks",
        "hs_analytics_num_page_views", "hs_analytics_num_visits", "num_conversion_events", "hs_analytics_source", "hs_analytics_source_data_1", "hs_analytics_source_data_2",
        "hs_analytics_last_visit_timestamp", "hs_email_last_open_date", "hs_email_last_click_date", "notes_last_contacted",
        "hs_email_delivered", "hs_email_open", "hs_email_click", "hs_email_bounce", "hs_analytics_num_event_completions",
        "num_contacted_notes", "num_notes", "num_unique_conversion_events",
        "recent_deal_amount", "recent_deal_close_date", "total_revenue", "num_associated_deals",
        "hs_predictivecontactscore_v2", "hs_predictivescoringtier", "hubspotscore",
        "lifecyclestage", "hs_lead_status", "hs_persona", "company", "industry", "hubspot_owner_id", "createdate", "lastmodifieddate",
    ];

    private static readonly string[] s_lineItem = ["name", "quantity", "price", "amount", "hs_line_item_currency_code"];

    // What was said stays in HubSpot; when, and what came of it, is enough.
    private static readonly Dictionary<string, string[]> s_engagements = new(StringComparer.Ordinal)
    {
        ["calls"] = ["hs_timestamp", "hs_call_direction", "hs_call_status", "hs_call_duration"],
        ["emails"] = ["hs_timestamp", "hs_email_direction", "hs_email_status"],
        ["meetings"] = ["hs_timestamp", "hs_meeting_outcome"],
        ["notes"] = ["hs_timestamp"],
        ["tasks"] = ["hs_timestamp", "hs_task_status", "hs_task_type"],
    };

    private static readonly string[] s_deal =
    [
        "amount", "closedate", "dealstage", "pipeline", "dealtype", "deal_currency_code", "hs_analytics_source", "hs_is_closed_won",
    ];

    private readonly string[] _deal;
    private readonly string[] _lineItem;

    public HubSpotPropertyNames(HubSpotOptions options, HubSpotLookup lookup)
    {
        Contact = Union(
            s_contact,
            [.. lookup.Properties, options.LeadScoreProperty, options.InterestsProperty, options.FacebookIdProperty, .. options.ContextualProperties.Values]);
        _deal = Union(s_deal, [options.DealProductProperty]);
        _lineItem = Union(s_lineItem, [options.LineItemProductProperty]);
    }

    public IReadOnlyList<string> Contact { get; }

    /// <summary>Returns the properties of deals, line items or one kind of engagement.</summary>
    public IReadOnlyList<string> Of(string kind) => kind switch
    {
        "deals" => _deal,
        "line_items" => _lineItem,
        _ => s_engagements[kind],
    };

    private static string[] Union(string[] fixedNames, IEnumerable<string> configured) =>
        [.. fixedNames.Concat(configured.Where(name => name.Length > 0)).Distinct(StringComparer.Ordinal)];
}
