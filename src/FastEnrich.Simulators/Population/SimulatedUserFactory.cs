using System.Collections.Frozen;
using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>Makes a user from the seed and its place alone.</summary>
internal static class SimulatedUserFactory
{
    private const double UnknownShare = 0.05;
    private const long FirstDealId = 70_000_000_000;
    private const double FacebookShare = 0.5;
    private const int FirstFollowers = 1_200;
    private const int DealsPerUser = 8;

    public static SimulatedUser Make(long seed, int index, string id)
    {
        var random = new SeededRandom(seed, index);
        var female = random.Chance(0.5);
        var first = random.Pick(female ? PopulationWords.FirstNamesF : PopulationWords.FirstNamesM);
        var last = random.Pick(PopulationWords.LastNames);
        var (company, industry) = random.Pick(PopulationWords.Companies);
        var city = random.Pick(PopulationWords.Cities);
        var stage = random.Pick(PopulationWords.Stages);
        var visits = random.Between(1, 60);
        var delivered = random.Between(0, 80);
        var opened = delivered == 0 ? 0 : random.Below(delivered + 1);
        var studied = random.Chance(0.6);
        var onX = random.Chance(0.4);
        var created = SimulatedPopulation.Epoch.AddMinutes(-random.Between(60 * 24 * 30, 60 * 24 * 1500));
        var user = new SimulatedUser
        {
            Index = index,
            Id = id,
            SalesforceId = SalesforceIds.Make("003", SimulatedPopulation.FirstSalesforceNumber + index),
            FirstName = first,
            LastName = last,
            Email = string.Create(CultureInfo.InvariantCulture, $"{first.ToLowerInvariant()}.{last.ToLowerInvariant()}{index}@example.{random.Pick(["com", "org", "net"])}"),
            Gender = female ? "female" : random.Chance(0.96) ? "male" : "non-binary",
            BirthDate = new DateOnly(1946, 1, 1).AddDays(random.Below(365 * 60)),
            MaritalStatus = random.Pick(PopulationWords.MaritalStatuses),
            City = city,
            JobTitle = random.Pick(PopulationWords.JobTitles),
            Company = company,
            Industry = industry,
            Degree = studied ? random.Pick(PopulationWords.Degrees) : null,
            FieldOfStudy = studied ? random.Pick(PopulationWords.Fields) : null,
            Interests = Interests(random),
            LifecycleStage = stage,
            LeadScore = Math.Clamp((Array.IndexOf(PopulationWords.Stages, stage) * 9) + random.Between(0, 25), 0, 100),
            Source = random.Pick(PopulationWords.Sources),
            Visits = visits,
            PageViews = visits * random.Between(1, 9),
            Conversions = random.Below((visits / 4) + 2),
            EmailsDelivered = delivered,
            EmailsOpened = opened,
            EmailsClicked = opened == 0 ? 0 : random.Below((opened / 2) + 1),
            XUsername = onX || index == 0 ? string.Create(CultureInfo.InvariantCulture, $"{first[..1].ToLowerInvariant()}_{index}") : null,
            XId = onX || index == 0 ? (SimulatedPopulation.FirstXId + index).ToString(CultureInfo.InvariantCulture) : null,
            Followers = onX ? random.Between(3, 20) * random.Between(1, 400) : index == 0 ? FirstFollowers : 0,
            LinkedInConnections = random.Chance(0.7) ? random.Between(20, 900) : 0,
            CreatedAt = created,
            LastVisitAt = SimulatedPopulation.Epoch.AddMinutes(-random.Between(30, 60 * 24 * 28)),
            Deals = Deals(random, index, stage, city.Currency, created),
            KnownTo = Enum.GetValues<SimulatedSystem>().Where(_ => !random.Chance(UnknownShare) || index == 0).ToFrozenSet(), // everybody tries the first user first
        };

        // New draws come last: they would change everything that is drawn after them.
        var onFacebook = random.Chance(FacebookShare) || index == 0;
        return user with { FacebookId = onFacebook ? (SimulatedPopulation.FirstFacebookId + index).ToString(CultureInfo.InvariantCulture) : null };
    }

    /// <summary>Returns the place of the user who may have a deal of this id.</summary>
    public static int? OwnerOf(string dealId) =>
        long.TryParse(dealId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id >= FirstDealId && (id - FirstDealId) / DealsPerUser <= int.MaxValue
            ? (int)((id - FirstDealId) / DealsPerUser)
            : null;

    private static string[] Interests(SeededRandom random) =>
        [.. Enumerable.Range(0, random.Below(5)).Select(_ => random.Pick(PopulationWords.Interests)).Distinct()];

    private static SimulatedDeal[] Deals(SeededRandom random, int index, string stage, string currency, DateTimeOffset created)
    {
        var count = stage is "customer" or "evangelist" ? random.Between(1, 5) : random.Below(2);
        var minutes = (int)(SimulatedPopulation.Epoch - created).TotalMinutes;
        return
        [
            .. Enumerable.Range(0, count).Select(number =>
            {
                var (sku, category, price) = random.Pick(PopulationWords.Products);
                var quantity = random.Between(1, 3);
                return new SimulatedDeal
                {
                    Id = (FirstDealId + ((long)index * DealsPerUser) + number).ToString(CultureInfo.InvariantCulture),
                    Product = sku,
                    Category = category,
                    Quantity = quantity,
                    Amount = price * quantity,
                    Currency = currency,
                    Stage = random.Chance(0.75) ? "closedwon" : random.Chance(0.5) ? "closedlost" : random.Pick(PopulationWords.OpenStages),
                    ClosedAt = created.AddMinutes(random.Below(minutes)),
                    Source = random.Pick(PopulationWords.Sources),
                };
            }).OrderBy(deal => deal.ClosedAt),
        ];
    }
}
