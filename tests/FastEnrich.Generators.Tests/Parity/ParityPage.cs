using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Closed generic types that hold themselves.</summary>
public static class ParityPage
{
    public class PageClass<T>
    {
        public T? First { get; init; }

        public List<T?>? Items { get; set; }

        public PageClass<T>? Next { get; set; }
    }

    public sealed record PageRecord<T>(T? First, IReadOnlyList<T>? Items, PageRecord<T>? Next, int Total = 1);

    public struct PageStruct<T>
        where T : struct
    {
        public T First { get; set; }

        public T? Maybe { get; init; }

        [JsonInclude]
        public T[]? Items;
    }
}
