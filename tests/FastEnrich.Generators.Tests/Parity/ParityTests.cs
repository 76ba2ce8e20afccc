using System.Text;
using CsCheck;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Generated contexts do what System.Text.Json's generator's do: on every member, on every kind of type, whatever is sent.</summary>
public sealed class ParityTests
{
    private static readonly ParityGroup s_everything = ParityCorpus.Groups[0];

    private static readonly string s_valid = s_everything.Full;

    public static TheoryData<string, string, ParityPresence> Features
    {
        get
        {
            var rows = new TheoryData<string, string, ParityPresence>();
            foreach (var group in ParityCorpus.Groups)
            {
                foreach (var (member, _) in group.Members)
                {
                    foreach (var presence in Enum.GetValues<ParityPresence>())
                    {
                        rows.Add(group.Name, member, presence);
                    }
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Feature_OnEveryKindOfType_HasNoDifference(string group, string member, ParityPresence presence)
    {
        var features = ParityCorpus.Groups.Single(g => g.Name == group);

        AssertNone(features.Documents(member, presence).SelectMany(features.Differences));
    }

    [Fact]
    public void Corpus_EveryDocument_HasNoDifference() => AssertNone(ParityCorpus.Differences());

    [Fact]
    public void Corpus_EveryGroup_ReadsSomethingAndRefusesSomething()
    {
        Assert.All(ParityCorpus.Groups, static group => Assert.All(group.Kinds, kind => Assert.Contains(group.Documents(), kind.Accepts)));
        Assert.All(ParityCorpus.Groups, static group => Assert.All(group.Kinds, kind => Assert.Contains(group.Documents(), json => !kind.Accepts(json))));
    }

    [Fact]
    public void Truncated_AtEveryByte_HasNoDifference()
    {
        var bytes = Encoding.UTF8.GetBytes(s_valid);

        AssertNone(s_everything.Differences(bytes));
        AssertNone(Enumerable.Range(0, bytes.Length).SelectMany(length => s_everything.Differences(bytes[..length])));
    }

    [Fact]
    public void Damaged_BehindAWrongValue_BothRefuse() =>
        AssertNone(s_everything.Differences(s_valid.Replace("{\"X\":3}", "{\"X\":{}", StringComparison.Ordinal)));

    [Fact]
    public void Damaged_AnyByte_HasNoDifference()
    {
        var bytes = Encoding.UTF8.GetBytes(s_valid);

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            change =>
            {
                var damaged = bytes.ToArray();
                damaged[change.Item1] = change.Item2;
                AssertNone(s_everything.Differences(damaged));
            },
            iter: 5_000);
    }

    [Fact]
    public void Random_AnyMembersInAnyOrder_HasNoDifference() =>
        Gen.Select(Gen.Int[0, ParityCorpus.Members.Length - 1], Gen.Int[0, 10]).Array[0, 20].Sample(
            picks =>
            {
                var members = picks.Select(static pick => ParityCorpus.Members[pick.Item1]).Select((m, i) => $"\"{m.Name}\":{m.Values[picks[i].Item2 % m.Values.Length]}");
                AssertNone(s_everything.Differences($"{{{string.Join(',', members.Append("\"Required\":1"))}}}"));
            },
            iter: 20_000);

    private static void AssertNone(IEnumerable<string> differences)
    {
        string[] first = [.. differences.Take(5)];
        Assert.True(first.Length == 0, string.Join('\n', first));
    }
}
