using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Whatever the order of trusted, untrusted and plain callers: each sees what it may see, and nothing of another's claims.</summary>
public sealed class IdentityInvariantTests
{
    private readonly record struct Call(string? Email, bool Trusted, Task<EnrichedProfile> Task, HashSet<string> MaySee);

    [Fact]
    public async Task EnrichAsync_RandomInterleavings_NobodySeesWhatAnUntrustedCallerClaimed()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            await Run(new Random(seed));
        }
    }

    private static async Task Run(Random random)
    {
        await using var engine = new EngineFixture();
        var waiting = new List<TaskCompletionSource>();
        engine.Options.Engine.CacheTtl = TimeSpan.FromSeconds(3);
        engine.Options.Engine.Timeout = TimeSpan.FromMinutes(9);
        engine.Options.Engine.FetchTimeout = TimeSpan.FromMinutes(9);
        engine.Add("crm", provides: ["email"]).Answer = static (_, _) => new(Results.Found("crm", identities: ("email", "from-crm")));
        var social = engine.Add("social", needs: [new("email", false)]);
        social.Answer = async (request, _) =>
        {
            var gate = new TaskCompletionSource();
            lock (waiting)
            {
                waiting.Add(gate);
            }

            await gate.Task;
            return Results.Found(request.Identities["email"]);
        };
        var calls = new List<Call>();
        var said = new HashSet<string> { "from-crm" };
        for (var step = 0; step < 40; step++)
        {
            switch (random.Next(5))
            {
                case 0:
                    calls.Add(Begin(engine, null, trusted: true, said));
                    break;
                case 1:
                    calls.Add(Begin(engine, $"untrusted{random.Next(3)}", trusted: false, said));
                    break;
                case 2 when random.Next(3) == 0:
                    calls.Add(Begin(engine, $"trusted{random.Next(3)}", trusted: true, said));
                    break;
                case 3:
                    Open(waiting, random);
                    break;
                default:
                    engine.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1500)));
                    break;
            }
        }

        await Eventually.True(() =>
        {
            Open(waiting, random);
            return calls.TrueForAll(static call => call.Task.IsCompleted);
        });
        foreach (var (email, trusted, task, maySee) in calls)
        {
            var seen = (await task).Enrichments.GetValueOrDefault("social")?.Demographics!.City;
            if (email is not null)
            {
                Assert.True(email == seen, $"{email} sees {seen}: {(await task).Status["social"].State} {(await task).Errors.GetValueOrDefault("social")} {(await task).Status["crm"].State}");
            }
            else if (seen is not null)
            {
                Assert.Contains(seen, maySee);
            }
        }
    }

    private static Call Begin(EngineFixture engine, string? email, bool trusted, HashSet<string> said)
    {
        if (trusted && email is not null)
        {
            said.Add(email);
        }

        var request = new EnrichmentRequest("u1", email is null ? null : new Dictionary<string, string> { ["email"] = email });
        var task = engine.Manager.EnrichAsync(request, new EnrichOptions { UntrustedIdentities = !trusted }).AsTask();
        return new(email, trusted, task, said); // by the end: all that somebody trusted said, and never what another claimed
    }

    private static void Open(List<TaskCompletionSource> waiting, Random random)
    {
        lock (waiting)
        {
            if (waiting.Count > 0)
            {
                var index = random.Next(waiting.Count);
                waiting[index].TrySetResult();
                waiting.RemoveAt(index);
            }
        }
    }
}
