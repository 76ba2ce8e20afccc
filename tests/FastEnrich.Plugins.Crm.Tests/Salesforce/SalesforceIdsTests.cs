using CsCheck;
using FastEnrich.Plugins.Crm.Salesforce;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

public sealed class SalesforceIdsTests
{
    [Theory]
    [InlineData("003dM00001vWOXJ", "003dM00001vWOXJQA4")]
    [InlineData("003dM00001vWOXJQA4", "003dM00001vWOXJQA4")]
    [InlineData("003dm00001vwoxjqa4", "003dM00001vWOXJQA4")]
    [InlineData("003DM00001VWOXJQA4", "003dM00001vWOXJQA4")]
    public void Contact_EitherForm_IsTheLongOne(string text, string id) => Assert.Equal(id, SalesforceIds.Contact(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("001dM00003jU9GxQAK")] // an account
    [InlineData("003dM00001vWOXJQA")]
    [InlineData("003dM00001vWOXJQA46")]
    [InlineData("003dM00001vWOXJQ94")] // 9 is no check character
    [InlineData("003dM00001vWOXJ5A4")] // says that a digit is a capital
    [InlineData("003dM00001vWO/J")]
    [InlineData("003dM00001vWO'J")]
    [InlineData("003dM00001vWOéJ")]
    public void Contact_AnythingElse_IsNone(string? text) => Assert.Null(SalesforceIds.Contact(text));

    [Fact]
    public void Normalize_LongIdInAnyCase_IsTheSame() =>
        Gen.String[Gen.Char.AlphaNumeric, 15, 15].Sample(text =>
        {
            var id = SalesforceIds.Normalize(text)!;
            Assert.Equal(text, id[..15]);
            Assert.Equal([id, id, id], new[] { id, id.ToLowerInvariant(), id.ToUpperInvariant() }.Select(SalesforceIds.Normalize));
        });
}
