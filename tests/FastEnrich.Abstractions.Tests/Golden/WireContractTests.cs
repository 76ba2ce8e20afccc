using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Profiles;

namespace FastEnrich.Golden;

public sealed class WireContractTests
{
    private static FastEnrichJsonContext Json => FastEnrichJsonContext.Default;

    public static TheoryData<string, ProfileView> Profiles => new()
    {
        { "profile-full", ProfileView.Full },
        { "profile-full-merged-view", ProfileView.Merged },
        { "profile-partial", ProfileView.Full },
        { "profile-empty", ProfileView.Full },
    };

    [Fact]
    public void UserEnrichment_AllMembersSet_MatchesGoldenFile() => AssertGolden("user-enrichment-full", Contract.FullEnrichment(), Json.UserEnrichment);

    [Fact]
    public void UserEnrichment_NothingSet_KeepsOnlyConfidenceSourceTimestampTtl() => AssertGolden("user-enrichment-minimal", new UserEnrichment(), Json.UserEnrichment);

    [Fact]
    public void UserEnrichment_EmptyMembersAndZeros_AreOmitted()
    {
        var empty = new UserEnrichment
        {
            Demographics = new Demographics { Gender = "" },
            Interests = [],
            SocialConnections = new SocialConnections { Platforms = [], Connections = 0, Influence = 0, Interactions = Contract.Map() },
            BehaviorPatterns = new BehaviorPatterns { SessionDuration = TimeSpan.Zero, PageViews = 0, ConversionRate = 0, PurchaseHistory = [] },
            ContextualData = Contract.Map(),
            Ttl = TimeSpan.Zero,
        };

        AssertGolden("user-enrichment-minimal", empty, Json.UserEnrichment);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void ProfileJson_ProfileMadeByHand_MatchesGoldenFile(string file, ProfileView view)
    {
        Assert.Equal(Text(GoldenFile.Read(file)), Text(ProfileJson.ToUtf8Bytes(Find(file), view)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void ProfileJson_ProfileOfTheEngine_MatchesGoldenFileOnEveryWrite(string file, ProfileView view)
    {
        var profile = FakeProfileSource.Serve(Find(file));

        var writes = Enumerable.Range(0, 3).Select(_ => Text(ProfileJson.ToUtf8Bytes(profile, view))).ToArray();

        Assert.All(writes, write => Assert.Equal(Text(GoldenFile.Read(file)), write));
    }

    [Theory]
    [InlineData("profile-full")]
    [InlineData("profile-partial")]
    [InlineData("profile-empty")]
    public void Parse_GoldenFile_WritesTheSameBytes(string file)
    {
        var profile = ProfileJson.Parse(GoldenFile.Read(file));

        Assert.Equal(Text(GoldenFile.Read(file)), Text(ProfileJson.ToUtf8Bytes(profile!)));
    }

    [Fact]
    public void PluginMetadata_AllMembersSet_MatchesGoldenFile() => AssertGolden("plugin-metadata-full", Contract.FullMetadata(), Json.PluginMetadata);

    [Fact]
    public void PluginMetadata_OnlyName_KeepsCapabilitiesAndSchema() => AssertGolden("plugin-metadata-minimal", new PluginMetadata { Name = "clock" }, Json.PluginMetadata);

    [Fact]
    public void PluginMetadata_MembersMissing_ReadAsTheirDefaults()
    {
        var metadata = JsonSerializer.Deserialize("""{"name":"clock"}""", Json.PluginMetadata);

        Assert.Equal("1.0.0", metadata!.Version);
        Assert.Empty(metadata.Capabilities);
        Assert.Empty(metadata.ConfigSchema.Properties);
    }

    [Fact]
    public void PluginState_EveryState_HasItsNameOnTheWire()
    {
        var states = Enum.GetValues<PluginState>().Select((state, i) => (state, i))
            .ToDictionary(x => Name(x.i), x => new PluginResultStatus { State = x.state });

        AssertGolden("states", states, Json.IReadOnlyDictionaryStringPluginResultStatus);
    }

    [Fact]
    public void PluginErrorCode_EveryCode_HasItsNameOnTheWire()
    {
        var errors = Enum.GetValues<PluginErrorCode>().Select((code, i) => (code, i))
            .ToDictionary(x => Name(x.i), x => new ProfileError(x.code, "o", "m", true));

        AssertGolden("errors", errors, Json.IReadOnlyDictionaryStringProfileError);
    }

    [Theory]
    [InlineData(ConfigPropertyType.String, "string")]
    [InlineData(ConfigPropertyType.Integer, "integer")]
    [InlineData(ConfigPropertyType.Number, "number")]
    [InlineData(ConfigPropertyType.Boolean, "boolean")]
    [InlineData(ConfigPropertyType.Duration, "duration")]
    [InlineData(ConfigPropertyType.Array, "array")]
    [InlineData(ConfigPropertyType.Object, "object")]
    public void ConfigPropertyType_EveryType_HasItsNameOnTheWire(ConfigPropertyType type, string name)
    {
        var json = JsonSerializer.Serialize(new ConfigProperty { Type = type }, Json.ConfigProperty);

        Assert.Equal($$"""{"type":"{{name}}","description":"","required":false,"sensitive":false}""", json);
    }

    private static void AssertGolden<T>(string file, T value, JsonTypeInfo type)
    {
        var golden = GoldenFile.Read(file);

        Assert.Equal(Text(golden), Text(JsonSerializer.SerializeToUtf8Bytes(value, type)));
        Assert.Equal(Text(golden), Text(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(golden, type), type)));
    }

    private static EnrichedProfile Find(string file) => file switch
    {
        "profile-partial" => Contract.PartialProfile(),
        "profile-empty" => Contract.EmptyProfile(),
        _ => Contract.FullProfile(),
    };

    private static string Name(int index) => ((char)('a' + index)).ToString();

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);
}
