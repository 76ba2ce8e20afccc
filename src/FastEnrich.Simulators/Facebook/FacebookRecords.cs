using System.Globalization;
using System.Text.Json.Nodes;

namespace FastEnrich.Simulators;

/// <summary>The population as Facebook stores it: all fields of a user, and the members of the user's edges, latest first.</summary>
internal sealed class FacebookRecords(SimulatedPopulation population)
{
    private const long Stream = 7_000_000_000; // draws of its own, so that other systems' users do not change
    private const long FirstPageId = 110_000_000_000_000;

    private static readonly string[] s_categories =
    [
        "Musician/band", "Sports team", "Outdoor equipment store", "Book",
        "TV show", "Restaurant", "Travel company", "Nonprofit organization",
    ];

    private static readonly string[] s_pageKinds = ["Club", "Magazine", "Festival", "Collective", "Daily", "Society", "World", "Radio"];
    private static readonly string[] s_languages = ["English", "German", "French", "Spanish", "Portuguese", "Japanese"];
    private static readonly string[] s_teams = ["Harbor City FC", "Northside Rowers", "Alpine Wheels", "Lakeview Tigers"];

    /// <summary>Returns a field's whole value; <see langword="null"/> when the user has none.</summary>
    public static JsonNode? Value(SimulatedUser user, string field) => field switch
    {
        "id" => user.FacebookId,
        "name" => $"{user.FirstName} {user.LastName}",
        "first_name" => user.FirstName,
        "last_name" => user.LastName,
        "email" => user.Email,
        "birthday" => Birthday(user),
        "age_range" => AgeRange(user),
        "gender" => user.Gender,
        "relationship_status" => user.MaritalStatus,
        "link" => $"https://www.facebook.com/app_scoped_user_id/{user.FacebookId}/",
        "installed" => true,
        "languages" => Named(s_languages[user.Index % s_languages.Length], s_languages[0]),
        "location" => Place(user.City),
        "hometown" => user.Index % 3 == 0 ? null : Place(PopulationWords.Cities[user.Index % PopulationWords.Cities.Length]),
        "favorite_teams" => user.Index % 4 == 0 ? Named(s_teams[user.Index % s_teams.Length]) : null,
        "sports" => user.Index % 5 == 0 && user.Interests.Count > 0 ? Named(user.Interests[0]) : null,
        "education" => user.Degree is null ? null : new JsonArray(Education(user)),
        "work" => new JsonArray(new JsonObject { ["employer"] = Node(user.Company), ["position"] = Node(user.JobTitle), ["start_date"] = "2020-03" }),
        _ => null,
    };

    public IReadOnlyList<JsonObject> Likes(SimulatedUser user)
    {
        var random = Random(user, 0);
        var count = random.Chance(0.1) ? random.Between(101, 160) : random.Between(0, 40);
        var names = user.Interests.Concat(Enumerable.Range(0, count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{random.Pick(PopulationWords.Interests)} {random.Pick(s_pageKinds)} {i}")));
        return
        [
            .. names.Select((name, i) => new JsonObject
            {
                ["id"] = Id(FirstPageId + i),
                ["name"] = name,
                ["category"] = random.Pick(s_categories),
                ["created_time"] = Time(SimulatedPopulation.Epoch.AddDays(-i)),
            }),
        ];
    }

    public IReadOnlyList<JsonObject> Posts(SimulatedUser user)
    {
        var random = Random(user, 1);
        var time = SimulatedPopulation.Epoch;
        return
        [
            .. Enumerable.Range(0, random.Chance(0.2) ? 0 : random.Between(1, 60)).Select(i =>
            {
                time = time.AddMinutes(-random.Between(30, 60 * 24 * 7));
                var post = new JsonObject
                {
                    ["id"] = $"{user.FacebookId}_{Id(i + 1)}",
                    ["created_time"] = Time(time),
                    ["message"] = $"About {random.Pick(PopulationWords.Interests)}",
                    ["reactions"] = random.Between(0, 80),
                    ["comments"] = random.Between(0, 20),
                };
                if (random.Below(6) is > 0 and var shares)
                {
                    post["shares"] = new JsonObject { ["count"] = shares };
                }

                return post;
            }),
        ];
    }

    /// <summary>Returns the friends who use the app too; all are only counted.</summary>
    public IReadOnlyList<JsonObject> Friends(SimulatedUser user) =>
    [
        .. Enumerable.Range(user.Index + 1, 5).Where(index => index < population.Count).Select(population.GetUser)
            .Where(static friend => friend.FacebookId is not null && friend.KnownTo.Contains(SimulatedSystem.Facebook))
            .Select(static friend => new JsonObject { ["id"] = friend.FacebookId, ["name"] = $"{friend.FirstName} {friend.LastName}" }),
    ];

    public long CountFriends(SimulatedUser user) => Random(user, 2).Between(12, 900);

    private SeededRandom Random(SimulatedUser user, int purpose) => new(population.Seed, Stream + (user.Index * 4L) + purpose);

    /// <summary>Some hide the year, some all but the year.</summary>
    private static string Birthday(SimulatedUser user) => (user.Index % 8) switch
    {
        6 => user.BirthDate.ToString("MM/dd", CultureInfo.InvariantCulture),
        7 => user.BirthDate.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => user.BirthDate.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
    };

    private static JsonObject AgeRange(SimulatedUser user)
    {
        var years = SimulatedPopulation.Epoch.Year - user.BirthDate.Year;
        return years >= 21 ? new JsonObject { ["min"] = 21 } : years >= 18 ? new JsonObject { ["min"] = 18, ["max"] = 20 } : new JsonObject { ["min"] = 13, ["max"] = 17 };
    }

    private static JsonObject Place(SimulatedCity city)
    {
        var place = Node($"{city.Name}, {(city.CountryCode == "US" ? city.State : city.Country)}");
        place["location"] = new JsonObject { ["city"] = city.Name, ["state"] = city.State, ["country"] = city.Country };
        return place;
    }

    private static JsonObject Education(SimulatedUser user) => new()
    {
        ["type"] = "College",
        ["school"] = Node("Riverside University"),
        ["degree"] = Node(user.Degree!),
        ["concentration"] = user.FieldOfStudy is null ? null : Named(user.FieldOfStudy),
        ["year"] = Node(Id(user.BirthDate.Year + 23)),
    };

    // Not a collection expression: that would call the generic Add, which is for reflection.
    private static JsonArray Named(params string[] names) => new([.. names.Distinct().Select(static name => (JsonNode?)Node(name))]);

    private static JsonObject Node(string name) => new() { ["id"] = Id(FirstPageId + name.Aggregate(17u, static (hash, c) => (hash * 31) + c)), ["name"] = name };

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
}
