using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Payloads that need a context of the author's own here and there.</summary>
public static class ParityOwned
{
    [JsonDerivedType(typeof(Company), "company")]
    [JsonDerivedType(typeof(Person), "person")]
    public class Party
    {
        public string? Name { get; init; }
    }

    public sealed class Company : Party
    {
        public int Seats { get; init; }
    }

    public sealed class Person : Party
    {
        public ParityPoint? Home { get; init; }
    }

    public sealed record Deal(string Id, Party? Owner)
    {
        public List<Party?>? Others { get; init; }

        public Dictionary<string, Party>? ByRole { get; init; }

        public JsonNode? Notes { get; set; }

        public ParityPoint Place { get; init; }
    }
}
