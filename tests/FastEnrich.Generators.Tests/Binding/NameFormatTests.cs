using System.Text.Json;
using FastEnrich.Generators.Parsing;

namespace FastEnrich.Generators.Tests.Binding;

public sealed class NameFormatTests
{
    [Theory]
    [InlineData("ApiUrl")]
    [InlineData("ApiURL")]
    [InlineData("HTTPStatus")]
    [InlineData("X")]
    [InlineData("URL")]
    [InlineData("IsOK2")]
    [InlineData("OAuth2Token")]
    [InlineData("Already_Snake")]
    [InlineData("camelCase")]
    [InlineData("Trailing_")]
    [InlineData("A1B2")]
    [InlineData("ÄrgerÜber")]
    public void SnakeCase_MemberName_EqualsSystemTextJson(string name) => Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), NameFormat.SnakeCase(name));
}
