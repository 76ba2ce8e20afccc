namespace FastEnrich.Tests.Caching;

/// <summary>Every step on an entry is atomic, so a sequence of steps is an interleaving of actors.</summary>
public sealed class SlotInterleavingTests
{
    [Fact]
    public void Entry_EveryInterleavingOfFiveSteps_KeepsItsInvariants()
    {
        const int Length = 5;
        var total = (int)Math.Pow(SlotWorld.Steps, Length - 1);
        for (var sequence = 0; sequence < total; sequence++)
        {
            var world = new SlotWorld(plugins: 1);
            world.Step(0); // without a first claim nothing happens
            for (int i = 1, rest = sequence; i < Length; i++, rest /= SlotWorld.Steps)
            {
                world.Step(rest % SlotWorld.Steps);
            }

            world.End();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Entry_RandomLongInterleavings_KeepTheirInvariants(int plugins)
    {
        var random = new Random(plugins);
        for (var run = 0; run < 60_000; run++)
        {
            var world = new SlotWorld(plugins);
            for (var i = 0; i < 14; i++)
            {
                world.Step(random.Next(SlotWorld.Steps));
            }

            world.End();
        }
    }
}
