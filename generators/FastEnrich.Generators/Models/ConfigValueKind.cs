namespace FastEnrich.Generators.Models;

internal enum ConfigValueKind
{
    Text,
    Flag,
    Integer,
    Number,
    Duration,
    Address,
    Choice,
    Nested,
    Array,
    List,
    Map,
}
