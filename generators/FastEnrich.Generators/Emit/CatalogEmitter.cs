using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes the list of an assembly's plugins, the attribute that leads to it, and the extension methods that register them.</summary>
internal static class CatalogEmitter
{
    /// <summary>How the catalog's attributes are written; raised when an older generator could not read them.</summary>
    public const int Format = 1;

    public static void EmitCatalog(SourceProductionContext context, (EquatableArray<CatalogEntry> Plugins, EnvironmentModel Environment) input)
    {
        var (entries, environment) = input;
        if (entries.Count == 0 || !environment.HasContract)
        {
            return;
        }

        var plugins = entries.Where(static e => e.Stem.Length > 0).ToArray(); // a plugin with mistakes leaves an entry without a stem, so that calls still compile
        var writer = new SourceWriter();
        var names = string.Concat(plugins.SelectMany(static p => p.Aliases.Prepend(p.Name)).Select(static n => ", " + Literal.Of(n)));
        writer.Line($"[assembly: global::FastEnrich.GeneratedPluginCatalog(typeof(global::{environment.Namespace}.PluginCatalog){names}, Format = {Format})]");
        foreach (var order in plugins.Select(static p => p.Order!).Where(static o => !o.IsEmpty))
        {
            writer.Line($"[assembly: global::FastEnrich.GeneratedPluginOrder({string.Join(", ", Order(order))})]");
        }

        writer.Line();
        writer.Open($"namespace {environment.Namespace}");
        writer.Line("/// <summary>The plugins of this assembly.</summary>").Line(GeneratedCode.Attribute).Line(GeneratedCode.Hidden);
        writer.Open("public static class PluginCatalog");
        writer.Line("/// <summary>Gets the descriptors, by name in ordinal order.</summary>");
        var descriptors = string.Join(", ", plugins.Select(static p => $"{p.Stem}.Descriptor"));
        writer.Line(
            "public static global::System.Collections.Generic.IReadOnlyList<global::FastEnrich.PluginDescriptor> Descriptors { get; } = "
            + $"new global::FastEnrich.PluginDescriptor[] {{ {descriptors} }};");
        writer.Line();
        writer.Line("/// <summary>Registers the plugins.</summary>");
        writer.Line("/// <param name=\"registrar\">Takes them.</param>");
        writer.Open("public static void Register(global::FastEnrich.IPluginRegistrar registrar)");
        writer.Open("foreach (var descriptor in Descriptors)").Line("registrar.AddPlugin(descriptor);").Close();
        writer.Close().Close().Close();
        writer.Line();
        Extension(writer, "GeneratedPluginExtensions", "AddGeneratedPlugins", "Adds every plugin of this assembly.", [$"global::{environment.Namespace}.PluginCatalog"]);
        context.AddSource("PluginCatalog.g.cs", writer.ToSource());
    }

    public static void EmitAllPlugins(
        SourceProductionContext context,
        ((EquatableArray<CatalogReference> References, EquatableArray<CatalogEntry> Plugins) Sets, EnvironmentModel Environment) input)
    {
        var ((references, plugins), environment) = input;
        if (!environment.HasContract || (references.Count == 0 && !environment.IsExecutable))
        {
            return;
        }

        var catalogs = new List<string>();
        if (plugins.Count > 0)
        {
            catalogs.Add($"global::{environment.Namespace}.PluginCatalog");
        }

        catalogs.AddRange(references.Where(static r => r.Reachable && r.Format <= Format).Select(static r => r.Catalog));
        var writer = new SourceWriter();
        Extension(writer, "AllPluginExtensions", "AddAllPlugins", "Adds every plugin of this program: those of this assembly and of the assemblies that it references.", catalogs);
        context.AddSource("AllPlugins.g.cs", writer.ToSource());
    }

    private static IEnumerable<string> Order(PluginOrder order)
    {
        yield return Literal.Of(order.Name);
        foreach (var (name, values) in new[] { ("Aliases", order.Aliases), ("DependsOn", order.DependsOn), ("Needs", order.Needs), ("Provides", order.Provides) })
        {
            if (values.Count > 0)
            {
                yield return $"{name} = {Literal.Array(values)}";
            }
        }
    }

    private static void Extension(SourceWriter writer, string type, string method, string summary, IEnumerable<string> catalogs)
    {
        writer.Open("namespace FastEnrich");
        writer.Line("/// <summary>Adds generated plugins.</summary>").Line(GeneratedCode.Attribute).Line(GeneratedCode.Embedded);
        writer.Open($"internal static class {type}");
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("/// <typeparam name=\"T\">What takes the plugins.</typeparam>");
        writer.Line("/// <param name=\"registrar\">Takes the plugins.</param>");
        writer.Line("/// <returns>The same <paramref name=\"registrar\"/>, for chaining.</returns>");
        writer.Line($"public static T {method}<T>(this T registrar)");
        writer.Indented(static w => w.Line("where T : global::FastEnrich.IPluginRegistrar"));
        writer.Line("{").Indented(w =>
        {
            foreach (var catalog in catalogs)
            {
                w.Line($"{catalog}.Register(registrar);");
            }

            w.Line("return registrar;");
        }).Line("}");
        writer.Close().Close();
    }
}
