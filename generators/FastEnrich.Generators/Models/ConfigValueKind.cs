namespace FastEnrich.Generators.Models;

internal enum ConfigValueKind
{
    Text,
    Flag,
    Integer,
    Number,
    Duration,
    Address,
    Size,
    Choice,
    Nested,
    Array,
    List,
    Map,
}
