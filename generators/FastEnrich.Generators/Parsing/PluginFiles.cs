using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Parsing;

/// <summary>Says which plugin's file holds what: of plugins that share options, the first by name has their binder and their printing.</summary>
internal static class PluginFiles
{
    public static ImmutableArray<PluginFile> Of(ImmutableArray<ParsedPlugin> parsed, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<PluginFile>(parsed.Length);
        var bound = new HashSet<string>(StringComparer.Ordinal);
        var printed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plugin in parsed.OrderBy(static p => p.Stem, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plugin.Plugin is not null || plugin.Json is not null)
            {
                var redactions = plugin.Options?.Redactions.Where(r => printed.Add(r.Type)) ?? [];
                var options = plugin.Options is not null && bound.Add(plugin.Options.Type) ? plugin.Options : null;
                files.Add(new PluginFile(plugin.Stem, plugin.Plugin, options, new(redactions), plugin.Json));
            }
        }

        return files.ToImmutable();
    }
}
