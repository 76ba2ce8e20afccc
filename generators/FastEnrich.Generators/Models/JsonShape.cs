namespace FastEnrich.Generators.Models;

/// <summary>Which factory method of System.Text.Json describes a type.</summary>
internal enum JsonShape
{
    Unsupported,
    Value,
    Converted,
    Enum,
    Nullable,
    Object,
    Array,
    List,
    IList,
    ICollection,
    IEnumerable,
    ISet,
    HashSet,
    Dictionary,
    IDictionary,
    IReadOnlyDictionary,

    /// <summary>A context of the author's own describes it.</summary>
    Own,
}
