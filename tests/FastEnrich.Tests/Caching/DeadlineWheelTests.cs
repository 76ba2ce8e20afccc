using FastEnrich.Pipeline;

namespace FastEnrich.Tests.Caching;

public sealed class DeadlineWheelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PopDue_RandomUse_PopsWhatANaiveListWould(int seed)
    {
        var random = new Random(seed);
        var wheel = new DeadlineWheel();
        var naive = new List<Node>();
        var now = random.NextInt64(TimeSpan.TicksPerDay);
        for (var i = 0; i < 20_000; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                case 1:
                    // Overdue ones, ones of this millisecond, ones beyond a turn of the wheel.
                    var node = new Node(now + (random.NextInt64(-5, 12_000) * TimeSpan.TicksPerMillisecond) + random.Next(10_000));
                    wheel.Add(node);
                    naive.Add(node);
                    break;
                case 2 when naive.Count > 0:
                    var removed = naive[random.Next(naive.Count)];
                    wheel.Remove(removed);
                    wheel.Remove(removed);
                    naive.Remove(removed);
                    break;
                default:
                    now += random.NextInt64(random.Next(50) == 0 ? 20_000 : 3) * TimeSpan.TicksPerMillisecond / 2;
                    var popped = new List<Node>();
                    while (wheel.PopDue(now, out var due, out _))
                    {
                        popped.Add((Node)due);
                    }

                    Assert.Equal(naive.Where(known => known.Due <= now).OrderBy(static known => known.Id), popped.OrderBy(static known => known.Id));
                    naive.RemoveAll(known => known.Due <= now);
                    Assert.Equal(naive.Count == 0 ? long.MaxValue : naive.Min(static known => known.Due), wheel.NextDue(long.MaxValue));
                    var horizon = now + (10 * TimeSpan.TicksPerMillisecond);
                    Assert.Equal(Math.Min(horizon, naive.Select(static known => known.Due).DefaultIfEmpty(long.MaxValue).Min()), Math.Min(horizon, wheel.NextDue(horizon)));
                    break;
            }
        }
    }

    private sealed class Node : DeadlineNode
    {
        private static int s_ids;

        public Node(long due) => Due = due;

        public int Id { get; } = s_ids++;

        public override void Expire(int version) => throw new NotSupportedException();
    }
}
