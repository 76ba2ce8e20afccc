using FastEnrich.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Tests.Pipeline;

public sealed class ReadBudgetsTests
{
    [Fact]
    public void Rent_OneWasReturned_IsTheSame()
    {
        var budgets = new ReadBudgets(TimeSpan.FromHours(1), TimeProvider.System);
        var first = budgets.Rent();
        budgets.Return(first);

        Assert.Same(first, budgets.Rent());
    }

    [Fact]
    public async Task Rent_OneWasReturned_EndsAnew()
    {
        var budgets = new ReadBudgets(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        budgets.Return(budgets.Rent());
        var ended = new TaskCompletionSource();
        using var listening = budgets.Rent().Token.Register(ended.SetResult);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Rent_OneHasEnded_IsAnotherThatHasItsWholeTime()
    {
        var time = new FakeTimeProvider();
        var budgets = new ReadBudgets(TimeSpan.FromMilliseconds(20), time);
        var ended = budgets.Rent();
        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(ended.IsCancellationRequested);
        budgets.Return(ended);

        var budget = budgets.Rent();

        time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(budget.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(budget.IsCancellationRequested);
    }
}
