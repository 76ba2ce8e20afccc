using System.Buffers;
using System.Text;
using System.Text.Json;
using FastEnrich.Health;

namespace FastEnrich.Tests.Health;

/// <summary>The wire form, written by hand from the contract.</summary>
public sealed class HealthJsonTests
{
    private static readonly DateTimeOffset s_at = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Summary_Full_IsTheContract()
    {
        var crm = new PluginHealth
        {
            Name = "crm",
            State = HealthState.Unhealthy,
            Reasons = [HealthReason.CheckTimedOut, HealthReason.BreakerHalfOpen],
            Message = "away \"for\" long",
            Since = s_at,
            LastCheck = s_at,
            LastCheckOutcome = HealthCheckOutcome.TimedOut,
            LastSuccess = s_at,
            LastFailure = s_at,
            Checks = 4,
            FailedChecks = 1,
            Succeeded = 90,
            Failed = 10,
            ErrorRate = 0.1,
            ResponseTimes = new(1.5, 20, 300),
            Uptime = 0.75,
            Hung = 2,
            Blocked = 3,
            TokenExpiresAt = s_at,
            QuotaLeft = 0.5,
        };
        var x = new PluginHealth { Name = "x", State = HealthState.Unknown, Since = s_at };

        var json = Write(HealthSummary.Of([x, crm]).WriteTo);

        Assert.Equal(
            """
            {"total_plugins":2,"healthy_plugins":0,"degraded_plugins":0,"unhealthy_plugins":1,"unknown_plugins":1,"overall_healthy":false,"last_check":"2030-01-02T03:04:05+00:00","plugin_details":{
            "crm":{"name":"crm","state":"unhealthy","reasons":["check_timed_out","breaker_half_open"],"message":"away \u0022for\u0022 long","since":"2030-01-02T03:04:05+00:00",
            "last_check":"2030-01-02T03:04:05+00:00","last_check_outcome":"timed_out","last_success":"2030-01-02T03:04:05+00:00","last_failure":"2030-01-02T03:04:05+00:00",
            "checks":4,"failed_checks":1,"succeeded":90,"failed":10,"error_rate":0.1,"response_time_ms":{"p50":1.5,"p95":20,"p99":300},"uptime":0.75,"hung":2,"blocked":3,
            "token_expires_at":"2030-01-02T03:04:05+00:00","quota_left":0.5},
            "x":{"name":"x","state":"unknown","reasons":[],"since":"2030-01-02T03:04:05+00:00","checks":0,"failed_checks":0,"succeeded":0,"failed":0,"hung":0,"blocked":0}}}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void Summary_NoPlugins_IsHealthy() => Assert.Equal(
        """{"total_plugins":0,"healthy_plugins":0,"degraded_plugins":0,"unhealthy_plugins":0,"unknown_plugins":0,"overall_healthy":true,"plugin_details":{}}""",
        Write(HealthSummary.Of([]).WriteTo));

    [Fact]
    public void Plugin_WrittenAlone_IsItsPartOfTheSummary()
    {
        var crm = new PluginHealth { Name = "crm", State = HealthState.Degraded };

        Assert.Contains($"\"crm\":{Write(crm.WriteTo)}", Write(HealthSummary.Of([crm]).WriteTo), StringComparison.Ordinal);
    }

    [Fact]
    public void Plugin_EveryReasonAndOutcome_IsLowerCase()
    {
        foreach (var name in Enum.GetValues<HealthReason>().Select(Wire)
            .Concat(Enum.GetValues<HealthState>().Select(Wire))
            .Concat(Enum.GetValues<HealthCheckOutcome>().Select(Wire)))
        {
            Assert.Matches("^\"[a-z_]+\"$", name);
        }
    }

    private static string Wire<T>(T value) => JsonSerializer.Serialize(value, typeof(T), HealthJsonContext.Default);

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
