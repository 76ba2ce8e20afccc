using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>The population as HubSpot stores it: every value a text or null. A property that is not here does not exist.</summary>
internal static class HubSpotRecords
{
    public static readonly string[] DefaultContactProperties = ["email", "firstname", "lastname"];
    public static readonly string[] DefaultDealProperties = ["amount", "closedate", "dealname", "dealstage", "pipeline"];

    /// <summary>Unique properties that records can be looked up by.</summary>
    public static readonly string[] UniqueContactProperties = ["email", "customer_id"];

    public static Dictionary<string, string?> Contact(SimulatedUser user)
    {
        var won = user.Deals.Where(deal => deal.Stage == "closedwon").ToList();
        var last = won.LastOrDefault();
        var search = user.Source is "ORGANIC_SEARCH" or "PAID_SEARCH";
        var words = PopulationWords.SearchWords[user.Index % PopulationWords.SearchWords.Length];
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["hs_object_id"] = user.Id,
            ["customer_id"] = user.Id,
            ["createdate"] = Time(user.CreatedAt),
            ["lastmodifieddate"] = Time(user.LastVisitAt),
            ["firstname"] = user.FirstName,
            ["lastname"] = user.LastName,
            ["email"] = user.Email,
            ["hs_additional_emails"] = null,
            ["hs_merged_object_ids"] = null,
            ["gender"] = user.Gender,
            ["date_of_birth"] = user.BirthDate.ToString(user.Index % 3 == 0 ? "MM/dd/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["marital_status"] = user.MaritalStatus,
            ["relationship_status"] = null,
            ["degree"] = user.Degree,
            ["field_of_study"] = user.FieldOfStudy,
            ["school"] = null,
            ["graduation_date"] = null,
            ["jobtitle"] = user.JobTitle,
            ["job_function"] = null,
            ["seniority"] = null,
            ["company"] = user.Company,
            ["industry"] = user.Industry,
            ["city"] = user.City.Name,
            ["state"] = user.City.State,
            ["country"] = user.City.Country,
            ["ip_city"] = user.City.Name,
            ["ip_country"] = user.City.Country,
            ["ip_country_code"] = user.City.CountryCode.ToLowerInvariant(),
            ["interests"] = user.Interests.Count > 0 ? string.Join(';', user.Interests) : null,
            ["lifecyclestage"] = user.LifecycleStage,
            ["hs_lead_status"] = user.LifecycleStage is "lead" ? "OPEN" : null,
            ["lead_score"] = Number(user.LeadScore),
            ["hubspotscore"] = "0",
            ["hs_analytics_source"] = user.Source,
            ["hs_analytics_source_data_1"] = user.Source == "ORGANIC_SEARCH" ? (user.Index % 4 == 0 ? words : "Unknown keywords (SSL)") : search ? "spring campaign" : null,
            ["hs_analytics_source_data_2"] = search ? words : null,
            ["hs_analytics_num_visits"] = Number(user.Visits),
            ["hs_analytics_num_page_views"] = Number(user.PageViews),
            ["hs_analytics_num_event_completions"] = "0",
            ["hs_analytics_last_visit_timestamp"] = Time(user.LastVisitAt),
            ["num_conversion_events"] = Number(user.Conversions),
            ["num_unique_conversion_events"] = Number(Math.Min(user.Conversions, 3)),
            ["hs_email_delivered"] = user.EmailsDelivered > 0 ? Number(user.EmailsDelivered) : null,
            ["hs_email_open"] = user.EmailsOpened > 0 ? Number(user.EmailsOpened) : null,
            ["hs_email_click"] = user.EmailsClicked > 0 ? Number(user.EmailsClicked) : null,
            ["hs_email_bounce"] = null,
            ["hs_email_last_open_date"] = user.EmailsOpened > 0 ? Time(user.LastVisitAt.AddDays(-1)) : null,
            ["hs_email_last_click_date"] = user.EmailsClicked > 0 ? Time(user.LastVisitAt.AddDays(-2)) : null,
            ["notes_last_contacted"] = null,
            ["num_contacted_notes"] = null,
            ["num_notes"] = null,
            ["twitterhandle"] = user.XUsername,
            ["hs_linkedinid"] = user.LinkedInConnections > 0 ? $"https://www.linkedin.com/in/{user.FirstName.ToLowerInvariant()}-{user.Index}" : null,
            ["hs_facebookid"] = user.FacebookId,
            ["facebook_user_id"] = user.FacebookId,
            ["followercount"] = user.XUsername is null ? null : Number(user.Followers),
            ["linkedinconnections"] = user.LinkedInConnections > 0 ? Number(user.LinkedInConnections) : null,
            ["num_associated_deals"] = user.Deals.Count > 0 ? Number(user.Deals.Count) : null,
            ["total_revenue"] = won.Count > 0 ? Number(won.Sum(deal => deal.Amount)) : null,
            ["recent_deal_amount"] = last is null ? null : Number(last.Amount),
            ["recent_deal_close_date"] = last is null ? null : Time(last.ClosedAt),
        };
    }

    public static Dictionary<string, string?> Deal(SimulatedDeal deal) => new(StringComparer.Ordinal)
    {
        ["hs_object_id"] = deal.Id,
        ["createdate"] = Time(deal.ClosedAt.AddDays(-14)),
        ["hs_lastmodifieddate"] = Time(deal.ClosedAt),
        ["dealname"] = $"{deal.Product} order",
        ["amount"] = Number(deal.Amount),
        ["closedate"] = Time(deal.ClosedAt),
        ["dealstage"] = deal.Stage,
        ["pipeline"] = "default",
        ["dealtype"] = deal.Category,
        ["deal_currency_code"] = deal.Currency,
        ["hs_analytics_source"] = deal.Source,
        ["hs_is_closed_won"] = deal.Stage == "closedwon" ? "true" : "false",
        ["product_sku"] = deal.Product,
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
