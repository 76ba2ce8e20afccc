namespace FastEnrich.Generators.Models;

/// <summary>
/// What one generated file holds: all that a plugin class makes the generator write. Compilers check each file's name against all others at every run, so
/// that several files for each plugin would cost many times as much.
/// </summary>
internal sealed record PluginFile(string Stem, PluginModel? Plugin, OptionsModel? Options, EquatableArray<RedactionModel> Redactions, JsonContextModel? Json);
