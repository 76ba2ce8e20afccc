using System.Buffers;
using System.Text.Json;
using FastEnrich.Golden;
using FastEnrich.Profiles;

namespace FastEnrich.Json;

public sealed class ProfileJsonTests
{
    [Fact]
    public void Write_SlotBytes_AreCopiedAsTheyAre()
    {
        var raw = """{ "confidence" : 1.0 , "added_later" : [ 1e400 ] }""";
        var profile = new EnrichedProfile(new RawSource(raw)) { UserId = "u" };

        var first = System.Text.Encoding.UTF8.GetString(ProfileJson.ToUtf8Bytes(profile));
        var second = System.Text.Encoding.UTF8.GetString(ProfileJson.ToUtf8Bytes(profile));

        Assert.Contains($$""""enrichments":{"p":{{raw}}},"errors":"""", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Write_MergedAfterFull_LeavesTheResultsOut()
    {
        var profile = FakeProfileSource.Serve(Contract.FullProfile());

        ProfileJson.ToUtf8Bytes(profile);
        ProfileJson.ToUtf8Bytes(profile);

        Assert.Equal(GoldenFile.Read("profile-full-merged-view"), ProfileJson.ToUtf8Bytes(profile, ProfileView.Merged));
        Assert.Equal(GoldenFile.Read("profile-full"), ProfileJson.ToUtf8Bytes(profile, ProfileView.Full));
    }

    [Fact]
    public void Write_WarmProfile_AllocatesNothing()
    {
        var profile = FakeProfileSource.Serve(Contract.FullProfile());
        var output = new ArrayBufferWriter<byte>(8192);
        WriteOften(profile, output, 100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteOften(profile, output, 100);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Write_AfterAFailedWrite_StillWrites()
    {
        var broken = new EnrichedProfile { UserId = "u", Merged = new UserEnrichment { Ttl = TimeSpan.MaxValue } };
        Assert.Throws<OverflowException>(() => ProfileJson.ToUtf8Bytes(broken));

        Assert.Equal(GoldenFile.Read("profile-empty"), ProfileJson.ToUtf8Bytes(Contract.EmptyProfile()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"user_id":1}""")]
    [InlineData("""{"user_id":"u","status":{"p":{"state":"unheard_of"}}}""")]
    [InlineData("""{"user_id":"u"} trailing""")]
    public void Parse_NoProfile_Throws(string json)
    {
        Assert.Throws<JsonException>(() => ProfileJson.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Parse_OnlyTheId_FillsTheRestWithEmptyParts()
    {
        var profile = ProfileJson.Parse("""{"user_id":"u"}"""u8)!;

        Assert.Empty(profile.Enrichments);
        Assert.Empty(profile.Errors);
        Assert.Empty(profile.Status);
        Assert.Equal("merged", profile.Merged.Source);
    }

    private static void WriteOften(EnrichedProfile profile, ArrayBufferWriter<byte> output, int times)
    {
        for (var i = 0; i < times; i++)
        {
            output.ResetWrittenCount();
            ProfileJson.Write(profile, output);
        }
    }

    private sealed class RawSource(string json) : ProfileSource
    {
        private readonly byte[] _json = System.Text.Encoding.UTF8.GetBytes(json);

        public override int Count => 1;

        public override string PluginAt(int index) => "p";

        public override ReadOnlyMemory<byte> JsonAt(int index) => _json;

        public override UserEnrichment EnrichmentAt(int index) => EnrichmentJson.Decode(_json);

        public override UserEnrichment Merge() => new() { Source = "merged", Ttl = TimeSpan.Zero };

        public override IReadOnlyDictionary<string, PluginResultStatus> Status() => new Dictionary<string, PluginResultStatus>();

        public override IReadOnlyDictionary<string, ProfileError> Errors() => new Dictionary<string, ProfileError>();
    }
}
