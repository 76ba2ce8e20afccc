namespace FastEnrich.Generators.Tests.Edits;

internal enum EditKind
{
    /// <summary>One of the places where the program's text has several versions.</summary>
    Choose,

    /// <summary>Comments, white space and directives between two tokens.</summary>
    Trivia,

    /// <summary>A statement in front of the first one of a body.</summary>
    Statement,

    /// <summary>A token is gone, which is broken syntax more often than not.</summary>
    RemoveToken,

    /// <summary>A token stands once more at another place.</summary>
    CopyToken,

    RemoveFile,
    AddFile,
    RenameFile,
    SwapFiles,

    /// <summary>The language version, the symbols and the documentation mode of all files.</summary>
    ParseOptions,

    /// <summary>What the compiler is told, and the severities among it.</summary>
    CompilationOptions,

    References,

    /// <summary>A file is what it was some edits ago: the same tree, or another one of the same text.</summary>
    Undo,
}
