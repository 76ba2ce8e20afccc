using System.Text.Json;

namespace FastEnrich.Simulators.Tests;

public sealed class SimulatedPopulationTests
{
    [Fact]
    public void GetUser_SameSeed_IsTheSameUser()
    {
        var (one, other) = (new SimulatedPopulation(5, 50), new SimulatedPopulation(5, 5000));

        Assert.All(Enumerable.Range(0, 50), index => Assert.Equal(Text(one.GetUser(index)), Text(other.GetUser(index))));
        Assert.NotEqual(Text(one.GetUser(0)), Text(new SimulatedPopulation(6, 50).GetUser(0)));
    }

    [Fact]
    public void GetUser_FirstOfSeedOne_StaysWhoItIs()
    {
        // Demos, docs and benchmarks name these users: a change here changes them all.
        var user = new SimulatedPopulation(1, 1).GetUser(0);

        Assert.Equal(("5100000017", "hugo.martin0@example.org"), (user.Id, user.Email));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(42)]
    [InlineData(-7)]
    public void KnownTo_ThousandUsers_OneInTwentyIsUnknown(long seed)
    {
        var population = new SimulatedPopulation(seed, 1000);

        foreach (var system in Enum.GetValues<SimulatedSystem>())
        {
            Assert.InRange(Enumerable.Range(0, 1000).Count(index => !population.GetUser(index).KnownTo.Contains(system)), 25, 85);
        }
    }

    [Fact]
    public void KnownTo_FirstUser_IsEverySystem() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(Enum.GetValues<SimulatedSystem>(), new SimulatedPopulation(seed, 1).GetUser(0).KnownTo.Order()));

    [Fact]
    public void Find_EachUserAndDeal_IsFoundByItsKeys()
    {
        var population = new SimulatedPopulation(3, 500);
        var users = Enumerable.Range(0, 500).Select(population.GetUser).ToList();

        Assert.Equal(population.UserIds, users.Select(user => user.Id));
        Assert.Equal(500, users.Select(user => user.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(users, user =>
        {
            Assert.Equal(user.Index, population.FindById(user.Id)?.Index);
            Assert.Equal(user.Index, population.FindByEmail(user.Email.ToUpperInvariant())?.Index);
            Assert.Equal(user.Index, population.FindBySalesforceId(user.SalesforceId)?.Index);
            Assert.Equal(user.Index, population.FindBySalesforceId(user.SalesforceId[..15])?.Index);
            Assert.Equal(user.XUsername is null ? null : user.Index, population.FindByXUsername(user.XUsername?.ToUpperInvariant() ?? "")?.Index);
            Assert.Equal(user.XId is null ? null : user.Index, population.FindByXId(user.XId ?? "")?.Index);
            Assert.Equal(user.FacebookId is null ? null : user.Index, population.FindByFacebookId(user.FacebookId ?? "")?.Index);
            Assert.All(user.Deals, deal => Assert.Equal(deal, population.FindDeal(deal.Id)));
        });
        Assert.NotEmpty(users.SelectMany(user => user.Deals));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("5100000018")]
    [InlineData("05100000017")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("70000000007")]
    public void Find_NobodysKey_FindsNobody(string key)
    {
        var population = new SimulatedPopulation(3, 10);

        Assert.Null(population.FindById(key));
        Assert.Null(population.FindByEmail(key));
        Assert.Null(population.FindDeal(key));
        Assert.Null(population.FindBySalesforceId(key));
        Assert.Null(population.FindByXUsername(key));
        Assert.Null(population.FindByXId(key));
        Assert.Null(population.FindByFacebookId(key));
    }

    [Fact]
    public void GetUser_Dates_AreRelativeToTheFixedDay()
    {
        var population = new SimulatedPopulation(9, 300);

        Assert.All(Enumerable.Range(0, 300).Select(population.GetUser), user =>
        {
            Assert.True(user.CreatedAt < SimulatedPopulation.Epoch && user.LastVisitAt < SimulatedPopulation.Epoch);
            Assert.All(user.Deals, deal => Assert.InRange(deal.ClosedAt, user.CreatedAt, SimulatedPopulation.Epoch));
        });
    }

    private static string Text(SimulatedUser user) => JsonSerializer.Serialize(
        [user.Id, user.Email, user.FirstName, user.BirthDate.ToString("O"), user.City.Name, string.Join(' ', user.Interests), user.LastVisitAt.ToString("O"), string.Join(' ', user.Deals.Select(deal => $"{deal.Id} {deal.Amount}"))],
        TextsJson.Default.StringArray);
}
