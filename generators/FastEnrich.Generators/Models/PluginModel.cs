namespace FastEnrich.Generators.Models;

/// <summary>What a plugin's descriptor is written from. <see cref="NeedsAreFixed"/> unless an instance chooses among its needs, as configured.</summary>
internal sealed record PluginModel(
    string Type,
    string Stem,
    string Name,
    EquatableArray<string> Aliases,
    string Version,
    string Description,
    string Author,
    string? Website,
    string? License,
    string? MinEngineVersion,
    string? MaxEngineVersion,
    EquatableArray<string> Capabilities,
    EquatableArray<string> Tags,
    EquatableArray<string> Provides,
    EquatableArray<NeedModel> Needs,
    bool NeedsAreFixed,
    bool AllowMultiple,
    EquatableArray<string> DependsOn,
    EquatableArray<string> Arguments,
    string? OptionsType,
    string? OptionsStem);
