using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Tests.Parity;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>A plugin's generated context answers for the contexts that its author declared, too.</summary>
public sealed class OwnContextTests
{
    private static readonly ParityOwned.Deal s_deal = new("d", new ParityOwned.Company { Name = "c", Seats = 3 })
    {
        Others = [new ParityOwned.Person { Home = new ParityPoint { X = 1 } }, null],
        Notes = new JsonObject { ["a"] = 1 },
    };

    [Fact]
    public void Write_MembersOfOwnContext_AreWrittenByIt()
    {
        var json = JsonSerializer.Serialize(s_deal, ParityOwnedPluginJsonContext.Default.Deal);

        Assert.Equal(JsonSerializer.Serialize(s_deal, ParityOwnedReference.Default.Deal), json);
        Assert.Contains("""{"$type":"company","Seats":3,"Name":"c"}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MembersOfOwnContext_AreReadByIt()
    {
        var deal = JsonSerializer.Deserialize("""{"Id":"d","Owner":{"$type":"person","Home":{"X":1}},"Notes":[1]}""", ParityOwnedPluginJsonContext.Default.Deal)!;

        Assert.Equal(1, Assert.IsType<ParityOwned.Person>(deal.Owner).Home!.Value.X);
        Assert.IsType<JsonArray>(deal.Notes);
    }

    [Fact]
    public void GetTypeInfo_TypesOfBothKinds_AreOneResolver()
    {
        var context = ParityOwnedPluginJsonContext.Default;

        Assert.Same(context.Party, context.GetTypeInfo(typeof(ParityOwned.Party)));
        Assert.Same(ParityPartyContext.Default, context.Party.OriginatingResolver);
        Assert.Same(context, context.Deal.OriginatingResolver);
        Assert.NotNull(context.GetTypeInfo(typeof(ParityOwned.Company))); // reached by the author's context alone
        Assert.Null(context.GetTypeInfo(typeof(Uri)));
    }

    /// <summary>So FE3006 does not name a context of one's own as the way out.</summary>
    [Fact]
    public void Use_PrivateMemberIncluded_IsRefusedBySystemTextJsonToo()
    {
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(new PrivatelyIncluded(), PrivatelyIncludedContext.Default.PrivatelyIncluded));
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Deserialize("""{"Id":"b"}""", PrivatelyIncludedContext.Default.PrivatelyIncluded));
        Assert.DoesNotContain("Context", Descriptors.InaccessibleInclude.MessageFormat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>So FE3003 names a context of one's own as the way out for a type's converter, not for a member's.</summary>
    [Fact]
    public void Use_ConverterOfAnotherType_IsLeftToWhatItsCanConvertSays()
    {
        var read = JsonSerializer.Deserialize("\"a\"", ConvertedElsewhereContext.Default.ConvertedByObject)!;

        Assert.Equal("a", read.Text);
        Assert.Equal("\"a\"", JsonSerializer.Serialize(read, ConvertedElsewhereContext.Default.ConvertedByObject));
        Assert.Throws<InvalidCastException>(() => JsonSerializer.Serialize(new ConvertedMember(), ConvertedElsewhereContext.Default.ConvertedMember));
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(new ConvertedWrongly(), ConvertedElsewhereContext.Default.ConvertedWrongly));
    }

    [Fact]
    public void Write_GeneratedTypeBesideOwnContext_KeepsTheFastPath() => Assert.NotNull(ParityOwnedPluginJsonContext.Default.Deal.SerializeHandler);
}
