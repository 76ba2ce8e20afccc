using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace FastEnrich.Schemas;

/// <summary>An assembly that was just built, asked for its plugins' descriptors; no plugin is made.</summary>
internal sealed class BuiltAssembly
{
    private readonly Dictionary<string, string> _references = new(StringComparer.OrdinalIgnoreCase);
    private readonly Assembly _assembly;

    public BuiltAssembly(string path, IEnumerable<string> references)
    {
        foreach (var reference in references)
        {
            _references.TryAdd(Path.GetFileNameWithoutExtension(reference), reference);
        }

        AssemblyLoadContext.Default.Resolving += Resolve;
        _assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    /// <summary>Returns <c>plugin.json</c> for each plugin of the assembly, by the writer that the run time has.</summary>
    public IEnumerable<(string Name, byte[] Document)> Manifests()
    {
        var catalog = _assembly.GetCustomAttributesData().FirstOrDefault(static data => data.AttributeType.FullName == "FastEnrich.GeneratedPluginCatalogAttribute");
        if (catalog?.ConstructorArguments[0].Value is not Type type)
        {
            yield break;
        }

        var writer = Find(catalog.AttributeType.Assembly, "FastEnrich.ManifestDocument", "Of");
        foreach (var descriptor in (IEnumerable)type.GetProperty("Descriptors")!.GetValue(null)!)
        {
            var name = (string)descriptor.GetType().GetProperty("Name")!.GetValue(descriptor)!;
            yield return (name, (byte[])writer.Invoke(null, [descriptor])!);
        }
    }

    /// <summary>Returns the schema of the configuration file, as <c>fastenrich config schema</c> prints it; <see langword="null"/> for a program without the engine.</summary>
    public byte[]? ConfigurationSchema()
    {
        if (!_references.ContainsKey("FastEnrich") || _assembly.GetType("FastEnrich.AllPluginExtensions") is not { } extensions)
        {
            return null;
        }

        var engine = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("FastEnrich"));
        var options = Activator.CreateInstance(engine.GetType("FastEnrich.FastEnrichOptions", throwOnError: true)!)!;
        Find(_assembly, extensions.FullName!, "AddAllPlugins").MakeGenericMethod(options.GetType()).Invoke(null, [options]);
        var catalog = options.GetType().GetProperty("Catalog")!.GetValue(options)!;
        var descriptors = catalog.GetType().GetProperty("Values")!.GetValue(catalog);
        var schema = (string)Find(engine, "FastEnrich.ConfigurationSchema", "Create").Invoke(null, [descriptors])!;
        return Encoding.UTF8.GetBytes(schema + Environment.NewLine);
    }

    private static MethodInfo Find(Assembly assembly, string type, string method) =>
        assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        ?? throw new MissingMethodException(type, method);

    private Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is not null && _references.TryGetValue(name.Name, out var path) ? context.LoadFromAssemblyPath(path) : null;
}
