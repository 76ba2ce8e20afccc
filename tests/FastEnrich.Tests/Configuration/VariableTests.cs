namespace FastEnrich.Tests.Configuration;

public sealed class VariableTests
{
    [Theory]
    [InlineData("${A}", "1")]
    [InlineData("x${A}y${A}", "x1y1")]
    [InlineData("${NONE:-d}", "d")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${A:-d}", "1")]
    [InlineData("${EMPTY:-d}", "d")]
    [InlineData("[${EMPTY}]", "[]")]
    [InlineData("${NESTED}", "${A}")]
    [InlineData("$${A}", "${A}")]
    [InlineData("$$$${A}", "$${A}")]
    [InlineData("$$${A}", "$1")]
    [InlineData("pa$word$", "pa$word$")]
    [InlineData("${NONE:-a:-b}", "a:-b")]
    public void LoadFile_Variables_AreResolvedOnce(string written, string expected)
    {
        using var file = new ConfigFile($"plugins: {{ hubspot: {{ config: {{ api_key: '{written}' }} }} }}");

        var options = file.Load(("A", "1"), ("EMPTY", ""), ("NESTED", "${A}"));

        Assert.Equal(expected, ((FakeOptions)options.Plugins["hubspot"].Options!).ApiKey);
    }

    [Theory]
    [InlineData("${A")]
    [InlineData("${}")]
    [InlineData("${1A}")]
    [InlineData("${A-x}")]
    [InlineData("${A:-${B}}")]
    public void Validate_MalformedVariable_IsAMistake(string written)
    {
        using var file = new ConfigFile($"engine:\n  timeout: '{written}'\n");

        Assert.Equal(
            ["fastenrich.yaml:2:3: engine:timeout: expected '${NAME}', '${NAME:-default}' or '${file:/path}', not nested ('$$' for a dollar sign)"],
            file.Validate(("A", "1")));
    }

    [Fact]
    public void Validate_TwoUnsetVariablesInOneValue_NamesBoth()
    {
        using var file = new ConfigFile("engine:\n  timeout: ${B}${A}\n");

        Assert.Equal(2, file.Validate().Length);
    }

    [Fact]
    public void Validate_UnsetVariableInAnOption_IsNotReportedAgainByTheBinder()
    {
        using var file = new ConfigFile("plugins: { hubspot: { config: { api_key: k, timeout: '${T}' } } }");

        Assert.Contains("the environment variable T to be set", Assert.Single(file.Validate()));
    }

    [Fact]
    public void LoadFile_UnsetVariableOfADisabledPlugin_IsNotTouched()
    {
        using var file = new ConfigFile("plugins: { hubspot: { enabled: '${ON:-false}', priority: '${P}', config: { api_key: '${K}', nonsense: 1 } } }");

        Assert.False(file.Load().Plugins["hubspot"].Enabled);
        Assert.Equal(3, file.Validate(("ON", "true")).Length);
    }

    [Fact]
    public void LoadFile_UnsetVariableThatIsOverridden_IsNotTouched()
    {
        using var file = new ConfigFile("engine: { timeout: '${T}' }\nplugins: { hubspot: { config: { api_key: '${K}' } } }\n");

        var options = file.Load(("FASTENRICH__ENGINE__TIMEOUT", "4"), ("HUBSPOT_API_KEY", "k"));

        Assert.Equal(TimeSpan.FromSeconds(4), options.Engine.Timeout);
    }
}
