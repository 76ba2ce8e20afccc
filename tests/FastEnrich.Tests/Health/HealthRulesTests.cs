using CsCheck;
using FastEnrich.Health;
using FastEnrich.Resilience;

namespace FastEnrich.Tests.Health;

/// <summary>The rules, row by row, and what holds for all of them.</summary>
public sealed class HealthRulesTests
{
    private static readonly Gen<HealthInputs> s_inputs = Gen.Select(
        Gen.Select(Gen.Enum<ConnectionStanding>(), Gen.Enum<HealthCheckOutcome>(), Gen.Enum<BreakerState>(), Gen.Enum<TokenStanding>()),
        Gen.Select(Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 6], Gen.Double[0, 1]),
        static (standings, calls, numbers) => new HealthInputs
        {
            Connection = standings.Item1,
            Check = standings.Item2,
            Breaker = standings.Item3,
            Token = standings.Item4,
            AllHang = calls.Item1,
            Hung = calls.Item1 ? Math.Max(1, calls.Item2) : calls.Item2,
            Blocked = calls.Item3,
            FailedLately = calls.Item4,
            ErrorRate = numbers.Item1,
            Slowness = numbers.Item2,
            QuotaLeft = numbers.Item3,
        });

    public static TheoryData<string, HealthState, HealthReason?> Rows => new()
    {
        { "best", HealthState.Healthy, null },
        { "connecting", HealthState.Unknown, HealthReason.Connecting },
        { "connect failed", HealthState.Unhealthy, HealthReason.NotConnected },
        { "no opinion", HealthState.Healthy, null },
        { "check failed", HealthState.Unhealthy, HealthReason.CheckFailed },
        { "check timed out", HealthState.Unhealthy, HealthReason.CheckTimedOut },
        { "breaker open", HealthState.Unhealthy, HealthReason.BreakerOpen },
        { "breaker half-open", HealthState.Degraded, HealthReason.BreakerHalfOpen },
        { "all hang", HealthState.Unhealthy, HealthReason.AllCallsHang },
        { "one hangs", HealthState.Degraded, HealthReason.CallsHang },
        { "one blocks", HealthState.Degraded, HealthReason.CallsBlock },
        { "errors 9.9 %", HealthState.Healthy, null },
        { "errors 10 %", HealthState.Degraded, HealthReason.SomeErrors },
        { "errors 49.9 %", HealthState.Degraded, HealthReason.SomeErrors },
        { "errors 50 %", HealthState.Unhealthy, HealthReason.ManyErrors },
        { "failed lately", HealthState.Degraded, HealthReason.RecentError },
        { "failed lately, check passed", HealthState.Healthy, null },
        { "2.9 times as slow", HealthState.Healthy, null },
        { "3 times as slow", HealthState.Degraded, HealthReason.Slow },
        { "token expiring", HealthState.Degraded, HealthReason.TokenExpiring },
        { "token expired", HealthState.Unhealthy, HealthReason.TokenExpired },
        { "quota 11 %", HealthState.Healthy, null },
        { "quota 10 %", HealthState.Degraded, HealthReason.QuotaLow },
        { "quota 0", HealthState.Degraded, HealthReason.QuotaSpent },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judge_OneThingWrong_IsTheRowsStateAndReason(string what, HealthState state, HealthReason? reason)
    {
        var verdict = HealthRules.Judge(InputsOf(what));

        Assert.Equal(state, verdict.State);
        Assert.Equal(reason is { } one ? [one] : [], verdict.Reasons);
    }

    [Fact]
    public void Rows_CoverEveryReasonThatThereIs() =>
        Assert.Equal(Enum.GetValues<HealthReason>().Order(), Rows.Select(static row => row.Data.Item3).OfType<HealthReason>().Distinct().Order());

    [Fact]
    public void Table_EachReason_HasOneRow() =>
        Assert.Equal(Enum.GetValues<HealthReason>().Order(), HealthRules.Table.Select(static rule => rule.Reason).Order());

    [Fact]
    public void Judge_AnyInputs_IsTheWorstStateOfItsReasons() => s_inputs.Sample(static inputs =>
    {
        var verdict = HealthRules.Judge(inputs);

        var rules = HealthRules.Table.Where(rule => verdict.Reasons.Contains(rule.Reason)).ToArray();
        Assert.Equal(rules.Select(static rule => HealthRules.Severity(rule.State)).DefaultIfEmpty(0).Max(), HealthRules.Severity(verdict.State));
        var facts = rules.Where(static rule => rule.IsFact).Select(static rule => HealthRules.Severity(rule.State));
        Assert.Equal(facts.DefaultIfEmpty(0).Max(), HealthRules.Severity(verdict.AtOnce));
    });

    [Fact]
    public void Judge_AWorseInput_NeverGivesABetterState() => Gen.Select(s_inputs, s_inputs).Sample(static (one, other) =>
    {
        // The worse of two in every input is worse than each of them.
        var worse = new HealthInputs
        {
            Connection = Max(one.Connection, other.Connection),
            Check = Max(one.Check, other.Check),
            Breaker = Badness(one.Breaker) >= Badness(other.Breaker) ? one.Breaker : other.Breaker,
            Token = Max(one.Token, other.Token),
            AllHang = one.AllHang || other.AllHang,
            Hung = Math.Max(one.Hung, other.Hung),
            Blocked = Math.Max(one.Blocked, other.Blocked),
            FailedLately = one.FailedLately || other.FailedLately,
            ErrorRate = Math.Max(one.ErrorRate, other.ErrorRate),
            Slowness = Math.Max(one.Slowness, other.Slowness),
            QuotaLeft = Math.Min(one.QuotaLeft, other.QuotaLeft),
        };

        var verdict = HealthRules.Judge(worse);

        Assert.True(HealthRules.Severity(verdict.State) >= HealthRules.Severity(HealthRules.Judge(one).State));
        Assert.True(HealthRules.Severity(verdict.AtOnce) >= HealthRules.Severity(HealthRules.Judge(other).AtOnce));
    });

    [Fact]
    public void Page_Table_IsTheTable()
    {
        var rows = HealthPage.Rows().ToArray();

        Assert.Equal(HealthRules.Table.Select(static rule => (Wire(rule.Reason), Wire(rule.State), rule.IsFact ? "at once" : "in a row")), rows);
    }

    private static string Wire<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, typeof(T), HealthJsonContext.Default).Trim('"');

    private static T Max<T>(T one, T other)
        where T : struct, Enum => Comparer<T>.Default.Compare(one, other) >= 0 ? one : other;

    private static int Badness(BreakerState state) => state switch { BreakerState.Closed => 0, BreakerState.HalfOpen => 1, _ => 2 };

    private static HealthInputs InputsOf(string what) => what switch
    {
        "best" => new(),
        "connecting" => new() { Connection = ConnectionStanding.Connecting },
        "connect failed" => new() { Connection = ConnectionStanding.Failed },
        "no opinion" => new() { Check = HealthCheckOutcome.NoOpinion },
        "check failed" => new() { Check = HealthCheckOutcome.Failed },
        "check timed out" => new() { Check = HealthCheckOutcome.TimedOut },
        "breaker open" => new() { Breaker = BreakerState.Open },
        "breaker half-open" => new() { Breaker = BreakerState.HalfOpen },
        "all hang" => new() { AllHang = true, Hung = 4 },
        "one hangs" => new() { Hung = 1 },
        "one blocks" => new() { Blocked = 1 },
        "errors 9.9 %" => new() { ErrorRate = 0.099 },
        "errors 10 %" => new() { ErrorRate = 0.1 },
        "errors 49.9 %" => new() { ErrorRate = 0.499 },
        "errors 50 %" => new() { ErrorRate = 0.5 },
        "failed lately" => new() { FailedLately = true, Check = HealthCheckOutcome.NoOpinion },
        "failed lately, check passed" => new() { FailedLately = true },
        "2.9 times as slow" => new() { Slowness = 2.9 },
        "3 times as slow" => new() { Slowness = 3 },
        "token expiring" => new() { Token = TokenStanding.Expiring },
        "token expired" => new() { Token = TokenStanding.Expired },
        "quota 11 %" => new() { QuotaLeft = 0.11 },
        "quota 10 %" => new() { QuotaLeft = 0.1 },
        "quota 0" => new() { QuotaLeft = 0 },
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
