namespace FastEnrich.Caching;

internal enum SlotKind : byte
{
    Found,
    NotFound,
    Failed,
}
