namespace FastEnrich.Generators.Tests.Edits;

/// <summary>
/// One edit of a random program: of which kind, where, and what; the numbers mean whatever the program has room for.
/// <see cref="Projects"/> are the bits of those that it befalls.
/// </summary>
internal sealed record ProgramEdit(EditKind Kind, int File, int Where, int What, int Projects)
{
    public override string ToString() => $"new(EditKind.{Kind}, {File}, {Where}, {What}, {Projects})";
}
