namespace FastEnrich.Generators.Models;

/// <summary>How a property is set: not at all, by assignment, or past <c>init</c> so that the other initialisers stay.</summary>
internal enum JsonSetter
{
    None,
    Assignment,
    Accessor,
}
