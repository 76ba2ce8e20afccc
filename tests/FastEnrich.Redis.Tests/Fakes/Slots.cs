using System.Text;
using CsCheck;
using FastEnrich.Caching;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>Slots for tests, plain and generated.</summary>
internal static class Slots
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String, Gen.String[Gen.Char['a', 'z'], 0, 20], Gen.Const("ä日\u0000\n"), Gen.Const(""));

    /// <summary>Well-formed text of any kind; a lone surrogate cannot be stored.</summary>
    public static readonly Gen<string> WellFormed = Text.Select(static text => new UTF8Encoding(false).GetString(Encoding.UTF8.GetBytes(text)));

    public static readonly Gen<string> UserIds = WellFormed.Where(static text => UserId.Validate(text) is null);

    public static readonly Gen<StoredSlot> Any = Gen.Select(
        Gen.Byte.Array[0, 200],
        Gen.Double[0, 1],
        Gen.Long[0, TimeSpan.TicksPerDay * 30],
        Gen.Select(Gen.ULong, Gen.ULong),
        WellFormed,
        Gen.Dictionary(WellFormed, WellFormed)[0, 5],
        WellFormed.Null(),
        static (payload, confidence, ticks, fingerprint, version, identities, validator) => Create("hubspot") with
        {
            Payload = payload,
            Confidence = confidence,
            Ttl = new TimeSpan(ticks),
            FreshUntil = Now.AddTicks(ticks),
            GoneAt = Now.AddTicks(2 * ticks + 1),
            Fingerprint = new(fingerprint.Item1, fingerprint.Item2),
            DataVersion = version,
            Identities = identities,
            Validator = validator,
        });

    public static StoredSlot Create(string plugin, DateTimeOffset? fetchedAt = null, int bytes = 20)
    {
        var at = fetchedAt ?? Now;
        return new()
        {
            Plugin = plugin,
            Payload = Encoding.UTF8.GetBytes($"{{\"p\":\"{plugin}\"}}".PadRight(bytes)),
            Confidence = 0.5,
            Ttl = TimeSpan.FromMinutes(30),
            FetchedAt = at,
            FreshUntil = at.AddMinutes(30),
            GoneAt = at.AddHours(24),
            DataVersion = "1",
        };
    }
}
