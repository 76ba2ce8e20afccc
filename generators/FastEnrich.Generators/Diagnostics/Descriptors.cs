using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Everything that the generator can complain about. Ids are never reused; each has a page in docs/diagnostics.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotAPlugin = Error("FE1001", "A plugin implements IEnrichmentPlugin",
        "'{0}' is marked [EnrichmentPlugin] but does not implement IEnrichmentPlugin");

    public static readonly DiagnosticDescriptor InvalidName = Error("FE1002", "A plugin's name is kebab-case",
        "The plugin name '{0}' must be kebab-case, 1 to 64 characters, such as 'acme-crm'");

    public static readonly DiagnosticDescriptor DuplicateName = Error("FE1003", "A plugin's name is unique",
        "The plugin name '{0}' is also used by '{1}'");

    public static readonly DiagnosticDescriptor NotCreatable = Error("FE1004", "A plugin is an ordinary class",
        "The plugin '{0}' must not be {1}, because the engine creates an instance of it");

    public static readonly DiagnosticDescriptor NoConstructor = Error("FE1005", "A plugin has one usable constructor",
        "The plugin '{0}' has no usable constructor: {1}");

    public static readonly DiagnosticDescriptor NotReachable = Error("FE1006", "A plugin and its types are reachable",
        "'{0}' cannot be reached from generated code; make it and the types around it internal or public");

    public static readonly DiagnosticDescriptor UnknownParameter = Error("FE1007", "A constructor parameter has a source",
        "The parameter '{0}' of type '{1}' is neither options with [ConfigProperty] members, nor the plugin's context, nor a service");

    public static readonly DiagnosticDescriptor InvalidAlias = Error("FE1011", "A plugin's alias is another name of its own",
        "The alias '{0}' must be kebab-case, 1 to 64 characters, and stand once, beside another name");

    public static readonly DiagnosticDescriptor DuplicateAlias = Error("FE1012", "A plugin's alias is nobody else's name",
        "The alias '{0}' is also a name or an alias of '{1}'");

    public static readonly DiagnosticDescriptor MutableStatic = Warning("FE1008", "A plugin keeps no static state",
        "'{0}' is static and can change: every engine and every test of a process would share it; keep it in the instance, or make it readonly");

    public static readonly DiagnosticDescriptor Cycle = Error("FE1010", "Plugins do not wait for each other",
        "The plugin '{0}' waits for itself: {1}");

    public static readonly DiagnosticDescriptor InvalidVersion = Error("FE1013", "A version is a semantic version",
        "'{0}' is no semantic version such as 1.4.0 or 2.0.0-beta.1");

    public static readonly DiagnosticDescriptor UnsupportedOption = Error("FE2001", "An option has a supported type",
        "The option '{0}' has the type '{1}', which configuration cannot hold; "
        + "use text, a number, bool, an enum, TimeSpan, Uri, a list, a string-keyed dictionary or a class with [ConfigProperty] members");

    public static readonly DiagnosticDescriptor InvalidDefault = Error("FE2002", "A default keeps to its own limits",
        "The default of '{0}' is '{1}', but {2}");

    public static readonly DiagnosticDescriptor InvalidLimits = Error("FE2003", "Limits fit their option",
        "The limits of '{0}' cannot hold: {1}");

    public static readonly DiagnosticDescriptor InvalidPattern = Error("FE2004", "A pattern is a regular expression",
        "The pattern of '{0}' is no regular expression: {1}");

    public static readonly DiagnosticDescriptor SlowPattern = Warning("FE2005", "A pattern needs no backtracking",
        "The pattern of '{0}' holds {1}, so it is matched by backtracking and given up after 250 ms; write it without");

    public static readonly DiagnosticDescriptor RequiredWithDefault = Error("FE2006", "A required option has no default",
        "'{0}' is required, so its initialiser is never used; remove one of the two");

    public static readonly DiagnosticDescriptor NotPartial = Error("FE2007", "A record with a secret is partial",
        "'{0}' holds the sensitive '{1}' and must be partial, and so must the types around it, so that its ToString can be generated without the secret");

    public static readonly DiagnosticDescriptor NotSettable = Error("FE2008", "An option can be set",
        "The option '{0}' has no setter; add 'init' or 'set'");

    public static readonly DiagnosticDescriptor DuplicateKey = Error("FE2009", "An option's key is unique",
        "The option '{0}' has the key '{1}', which '{2}' has too (case, '-' and '_' do not count)");

    public static readonly DiagnosticDescriptor CyclicOptions = Error("FE2010", "Options do not contain themselves",
        "The option '{0}' leads back to '{1}', which contains it");

    public static readonly DiagnosticDescriptor SilentlyRequired = Warning("FE2011", "What must be given says so",
        "'{0}' has no initialiser and cannot be null, so configuration must give it; add 'required', an initialiser or '?'");

    public static readonly DiagnosticDescriptor OptionsNotCreatable = Error("FE2012", "Options can be created",
        "The options '{0}' cannot be created: {1}");

    public static readonly DiagnosticDescriptor UnsupportedPayload = Error("FE3001", "A payload has a supported shape",
        "'{0}' has the type '{1}', which the generator does not support ({2}); "
        + "declare a JsonSerializerContext for the payload and name it with [JsonPayload(Context = typeof(...))]");

    public static readonly DiagnosticDescriptor DuplicateJsonName = Error("FE3002", "A JSON name is unique in its type",
        "'{0}' has the JSON name '{1}', which '{2}' has too");

    public static readonly DiagnosticDescriptor InvalidConverter = Error("FE3003", "A converter can be created",
        "The converter of '{0}' cannot be used: {1}");

    public static readonly DiagnosticDescriptor InvalidPolymorphism = Error("FE3004", "A polymorphic payload names what derives from it",
        "System.Text.Json will not read or write the polymorphic '{0}': {1}");

    public static readonly DiagnosticDescriptor ExtensionData = Error("FE3005", "Extension data is text-keyed JSON",
        "'{0}' takes extension data as '{1}'; use Dictionary<string, JsonElement> or IDictionary<string, JsonElement>, "
        + "or name a context of your own with [JsonPayload(Context = typeof(...))]");

    public static readonly DiagnosticDescriptor InaccessibleInclude = Error("FE3006", "An included member is reachable",
        "'{0}' is marked [JsonInclude] but generated code cannot read it, and System.Text.Json's own cannot either; make it internal or public, or remove [JsonInclude]");

    public static readonly DiagnosticDescriptor ObjectMember = new("FE3007", "A member of type object is read as JsonElement",
        "'{0}' holds 'object', which System.Text.Json reads as JsonElement whatever was sent; JsonElement says so", "FastEnrich", DiagnosticSeverity.Info, isEnabledByDefault: true,
        helpLinkUri: "docs/diagnostics/FE3007.md");

    public static readonly DiagnosticDescriptor MixedPolicies = Error("FE3008", "A plugin's payloads share a naming policy",
        "The payloads of '{0}' have different naming policies, but one context; give all of them the same");

    public static readonly DiagnosticDescriptor UnusableContext = Error("FE3009", "A payload's context can be used",
        "'{0}' cannot be used as a payload's context: {1}");

    public static readonly DiagnosticDescriptor DuplicateAcrossAssemblies = Error("FE4001", "A plugin's name is unique in a program",
        "The plugin name '{0}' is used by the assemblies '{1}' and '{2}'");

    public static readonly DiagnosticDescriptor NewerCatalog = Error("FE4002", "A catalog is of a known format",
        "The plugins of '{0}' cannot be added, because a newer FastEnrich generator wrote their catalog; update the FastEnrich packages of this project");

    public static readonly DiagnosticDescriptor CatalogUnderAlias = Error("FE4004", "Plugin assemblies are referenced without an alias",
        "The plugins of '{0}' cannot be added, because the assembly is referenced under an extern alias only");

    public static readonly DiagnosticDescriptor NoCatalog = Warning("FE4006", "A plugin assembly has a catalog",
        "The plugins of '{0}' are not added, because the FastEnrich generator did not run when it was built; "
        + "let its project reference the package FastEnrich.Abstractions with its analyzers");

    public static readonly DiagnosticDescriptor OldLanguage = Error("FE9001", "The C# language version is 13 or later",
        "Generated plugins need C# 13 or later, and this project is compiled as C# {0}; remove LangVersion from the project, or raise it");

    public static readonly DiagnosticDescriptor OtherContract = Error("FE9002", "FastEnrich packages have one version",
        "'{0}' {1} is {2} than the generator, so nothing is generated; reference the same version of every FastEnrich package");

    public static readonly DiagnosticDescriptor Failure = Error("FE9999", "The generator failed",
        "The generator failed on '{0}' with {1}: {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity) => new(
        id, title, message, "FastEnrich", severity, isEnabledByDefault: true,
        helpLinkUri: $"docs/diagnostics/{id}.md"); // the same path in the repository and in the package that carries the generator
}
