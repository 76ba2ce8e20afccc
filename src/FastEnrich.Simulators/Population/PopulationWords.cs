namespace FastEnrich.Simulators;

/// <summary>What simulated users are made from.</summary>
internal static class PopulationWords
{
    public static readonly string[] FirstNamesF =
    [
        "Anna", "Maria", "Sofia", "Emma", "Olivia", "Chloe", "Ingrid", "Marta", "Lucia", "Hannah", "Yuki", "Mei", "Priya", "Aisha", "Fatima", "Elena", "Camille", "Julia",
        "Grace", "Nora", "Zoe", "Carla", "Freya", "Amelie", "Isabel", "Leila", "Noor", "Sakura", "Beatriz", "Katarina",
    ];

    public static readonly string[] FirstNamesM =
    [
        "Lukas", "Daniel", "James", "Oliver", "Hugo", "Mateo", "Pedro", "Jonas", "Erik", "Kenji", "Wei", "Arjun", "Omar", "Yusuf", "Marco", "Antoine", "Felix", "Samuel",
        "Noah", "Liam", "Diego", "Rafael", "Henrik", "Tomas", "Ivan", "Karim", "Hiroshi", "Miguel", "Stefan", "Patrick",
    ];

    public static readonly string[] LastNames =
    [
        "Keller", "Lopez", "Smith", "Garcia", "Nguyen", "Silva", "Kowalski", "Johansson", "Tanaka", "Patel", "Martin", "Rossi", "Novak", "Andersen", "Haddad", "Kim", "Chen",
        "Brown", "Dubois", "Jansen", "Schmidt", "Costa", "Walker", "Moreau", "Fischer", "Santos", "Murphy", "Okafor", "Yilmaz", "Berg", "Romano", "Singh", "Weber", "Clark",
    ];

    public static readonly SimulatedCity[] Cities =
    [
        new("Berlin", "Berlin", "Germany", "DE", "EUR"), new("Munich", "Bavaria", "Germany", "DE", "EUR"), new("Paris", "Ile-de-France", "France", "FR", "EUR"),
        new("Lyon", "Auvergne-Rhone-Alpes", "France", "FR", "EUR"), new("Madrid", "Madrid", "Spain", "ES", "EUR"), new("Barcelona", "Catalonia", "Spain", "ES", "EUR"),
        new("Milan", "Lombardy", "Italy", "IT", "EUR"), new("Lisbon", "Lisbon", "Portugal", "PT", "EUR"), new("Amsterdam", "North Holland", "The Netherlands", "NL", "EUR"),
        new("London", "England", "United Kingdom", "GB", "GBP"), new("Manchester", "England", "United Kingdom", "GB", "GBP"), new("Dublin", "Leinster", "Ireland", "IE", "EUR"),
        new("Zurich", "Zurich", "Switzerland", "CH", "CHF"), new("Vienna", "Vienna", "Austria", "AT", "EUR"), new("Stockholm", "Stockholm", "Sweden", "SE", "SEK"),
        new("Copenhagen", "Capital Region", "Denmark", "DK", "DKK"), new("Warsaw", "Mazovia", "Poland", "PL", "PLN"), new("Prague", "Prague", "Czechia", "CZ", "CZK"),
        new("New York", "NY", "United States", "US", "USD"), new("Boston", "MA", "United States", "US", "USD"), new("Austin", "TX", "USA", "US", "USD"),
        new("Seattle", "WA", "United States", "US", "USD"), new("Toronto", "Ontario", "Canada", "CA", "CAD"), new("Mexico City", "CDMX", "Mexico", "MX", "MXN"),
        new("Sao Paulo", "SP", "Brazil", "BR", "BRL"), new("Tokyo", "Tokyo", "Japan", "JP", "JPY"), new("Seoul", "Seoul", "South Korea", "KR", "KRW"),
        new("Singapore", "Singapore", "Singapore", "SG", "SGD"), new("Sydney", "NSW", "Australia", "AU", "AUD"), new("Bengaluru", "Karnataka", "India", "IN", "INR"),
    ];

    public static readonly string[] JobTitles =
    [
        "Marketing Manager", "Software Engineer", "Product Manager", "Sales Director", "Data Analyst", "Designer", "Founder", "Account Executive", "Operations Manager", "Teacher",
        "Nurse", "Architect", "Consultant", "Head of Growth", "Finance Manager", "Customer Success Manager", "Photographer", "Procurement Lead", "Research Scientist", "Journalist",
    ];

    public static readonly (string Name, string Industry)[] Companies =
    [
        ("Northwind Outdoor", "Retail"), ("Blue Harbor Logistics", "Logistics"), ("Lumen Analytics", "Computer Software"), ("Greenfield Foods", "Food & Beverages"),
        ("Alder & Finch", "Design"), ("Meridian Health", "Hospital & Health Care"), ("Stonebridge Capital", "Financial Services"), ("Copper Lane Studio", "Media Production"),
        ("Solstice Energy", "Renewables & Environment"), ("Harborview School", "Education Management"), ("Pine Street Homes", "Construction"),
        ("Vela Robotics", "Industrial Automation"),
    ];

    public static readonly string[] Degrees = ["BSc", "BA", "MSc", "MA", "MBA", "PhD"];

    public static readonly string[] Fields = ["Economics", "Computer Science", "Design", "Biology", "Law", "Marketing", "Mechanical Engineering", "Literature"];

    public static readonly string[] Interests =
    [
        "running", "photography", "cooking", "travel", "cycling", "gardening", "chess", "jazz", "hiking", "wine", "yoga", "gaming", "architecture", "skiing", "reading", "ceramics",
    ];

    public static readonly string[] MaritalStatuses = ["single", "married", "divorced", "widowed"];

    public static readonly string[] Stages =
    [
        "subscriber", "lead", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity",
        "customer", "customer", "customer", "evangelist",
    ];

    public static readonly string[] Sources =
    [
        "ORGANIC_SEARCH", "ORGANIC_SEARCH", "PAID_SEARCH", "EMAIL_MARKETING", "SOCIAL_MEDIA", "REFERRALS", "DIRECT_TRAFFIC", "DIRECT_TRAFFIC", "OFFLINE",
    ];

    public static readonly (string Sku, string Category, decimal Price)[] Products =
    [
        ("TRAIL-SHOE-42", "footwear", 129.90m), ("RAIN-JACKET-M", "outerwear", 219.00m), ("BACKPACK-30L", "bags", 99.50m), ("TENT-2P", "camping", 349.00m),
        ("GPS-WATCH-3", "electronics", 429.00m), ("BIKE-HELMET", "cycling", 79.95m), ("COOK-SET", "camping", 64.90m), ("YOGA-MAT", "fitness", 39.90m),
        ("SKI-PASS-DAY", "tickets", 68.00m), ("GIFT-CARD-50", "gift cards", 50.00m), ("PRO-PLAN-YEAR", "subscription", 588.00m), ("TEAM-PLAN-YEAR", "subscription", 2940.00m),
    ];

    public static readonly string[] OpenStages = ["appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent"];

    public static readonly string[] SearchWords = ["waterproof hiking jacket", "trail shoes sale", "lightweight tent", "gps watch comparison", "gift ideas outdoor"];
}
