using System.Text;
using CsCheck;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Generated contexts do what System.Text.Json's generator's do: on every member, on every kind of type, whatever is sent.</summary>
public sealed class ParityTests
{
    private static readonly string s_valid = "{\"Required\":1,\"First\":2," + string.Join(',', ParityCorpus.Members.Where(static m => m.Name is not ("Self" or "First" or "required" or "Unknown" or "Renamed")).Select(static m => $"\"{m.Name}\":{m.Values[0]}")) + "}";

    [Fact]
    public void Corpus_EveryDocument_HasNoDifference() => Assert.Empty(ParityCorpus.Differences());

    [Fact]
    public void Truncated_AtEveryByte_HasNoDifference()
    {
        var bytes = Encoding.UTF8.GetBytes(s_valid);

        Assert.Empty(ParityCorpus.Differences(bytes));
        Assert.Empty(Enumerable.Range(0, bytes.Length).SelectMany(length => ParityCorpus.Differences(bytes[..length])));
    }

    [Fact]
    public void Damaged_AnyByte_HasNoDifference()
    {
        var bytes = Encoding.UTF8.GetBytes(s_valid);

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            change =>
            {
                var damaged = bytes.ToArray();
                damaged[change.Item1] = change.Item2;
                Assert.Empty(ParityCorpus.Differences(damaged));
            },
            iter: 5_000);
    }

    [Fact]
    public void Random_AnyMembersInAnyOrder_HasNoDifference() =>
        Gen.Select(Gen.Int[0, ParityCorpus.Members.Length - 1], Gen.Int[0, 10]).Array[0, 20].Sample(
            picks =>
            {
                var members = picks.Select(static pick => ParityCorpus.Members[pick.Item1]).Select((m, i) => $"\"{m.Name}\":{m.Values[picks[i].Item2 % m.Values.Length]}");
                Assert.Empty(ParityCorpus.Differences(Encoding.UTF8.GetBytes($"{{{string.Join(',', members.Append("\"Required\":1"))}}}")));
            },
            iter: 20_000);
}
