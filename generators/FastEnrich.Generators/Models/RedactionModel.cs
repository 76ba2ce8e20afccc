namespace FastEnrich.Generators.Models;

/// <summary>A record whose printing hides its sensitive members. <see cref="Declarations"/> are the partial declarations from the outermost type inwards.</summary>
internal sealed record RedactionModel(
    string Type,
    string? Namespace,
    EquatableArray<string> Declarations,
    string Signature,
    bool CallsBase,
    EquatableArray<PrintedMember> Members);
