namespace FastEnrich.Generators.Models;

/// <summary>All that one plugin class makes the generator write; <see cref="Plugin"/> is missing where the class cannot be a plugin.</summary>
internal sealed record ParsedPlugin(string Stem, PluginModel? Plugin, OptionsModel? Options, JsonContextModel? Json);
