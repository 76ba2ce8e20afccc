namespace FastEnrich.Generators.Models;

/// <summary>What a member of a payload is.</summary>
[Flags]
internal enum JsonMemberKind
{
    Property = 0,
    Field = 1,

    /// <summary>Marked <c>[JsonInclude]</c>, and perhaps not public.</summary>
    Included = 2,

    /// <summary>Takes what no other member has the name of.</summary>
    ExtensionData = 4,
}
