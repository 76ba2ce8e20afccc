using FastEnrich.Tests.Configuration;

namespace FastEnrich.Tests.Health;

public sealed class HealthConfigurationTests
{
    [Fact]
    public void Section_EveryKey_IsRead()
    {
        using var file = new ConfigFile("engine:\n  health: { interval: 10s, timeout: 500ms, jitter: 0.5, hysteresis: 3, window: 2m }");

        var health = file.Load().Engine.Health;

        Assert.Equal(
            (10, 0.5, 0.5, 3, 120),
            (health.Interval.TotalSeconds, health.Timeout.TotalSeconds, health.Jitter, health.Hysteresis, health.Window.TotalSeconds));
    }

    [Fact]
    public void Section_IntervalZero_TurnsChecksOff()
    {
        using var file = new ConfigFile("engine: { health: { interval: 0 } }");

        Assert.Equal(TimeSpan.Zero, file.Load().Engine.Health.Interval);
    }

    [Theory]
    [InlineData("interval: 2d")]
    [InlineData("interval: -1s")]
    [InlineData("timeout: 0")]
    [InlineData("timeout: 11m")]
    [InlineData("jitter: 1.1")]
    [InlineData("hysteresis: 0")]
    [InlineData("hysteresis: 11")]
    [InlineData("window: 0")]
    [InlineData("window: 2h")]
    [InlineData("intervall: 1s")]
    public void Section_WrongValue_IsAnErrorWithItsPath(string setting)
    {
        using var file = new ConfigFile($"engine:\n  health:\n    {setting}\n");

        Assert.Contains($"engine:health:{setting.Split(':')[0]}", Assert.Single(file.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OptionsOutOfRange_AreAllReported()
    {
        var options = new FastEnrichOptions();
        var health = options.Engine.Health;
        (health.Interval, health.Timeout, health.Window) = (TimeSpan.FromDays(2), TimeSpan.Zero, TimeSpan.Zero);
        (health.Jitter, health.Hysteresis) = (double.NaN, 0);

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => PluginManager.Create(options));

        Assert.Equal(
            ["engine:health:interval", "engine:health:timeout", "engine:health:jitter", "engine:health:hysteresis", "engine:health:window"],
            exception.Errors.Select(static error => error.Path));
    }
}
