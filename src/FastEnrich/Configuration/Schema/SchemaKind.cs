namespace FastEnrich.Configuration.Schema;

/// <summary>What stands at a key.</summary>
internal enum SchemaKind
{
    Text,
    Flag,
    Integer,
    Number,
    Duration,
    Size,
    Section,
    List,
    Texts,
    TextOrTexts,
}
