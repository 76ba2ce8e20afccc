using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes a plugin's <c>JsonSerializerContext</c> on the public metadata services: System.Text.Json's own generator cannot see what this one writes.</summary>
internal static class JsonContextEmitter
{
    private const string Json = "global::System.Text.Json";
    private const string Metadata = Json + ".Serialization.Metadata";

    private static readonly string[] s_policies = ["", "CamelCase", "SnakeCaseLower", "SnakeCaseUpper", "KebabCaseLower", "KebabCaseUpper"];

    public static void Emit(SourceWriter writer, JsonContextModel model)
    {
        if (model.Namespace is not null)
        {
            writer.Open($"namespace {model.Namespace}");
        }

        writer.Line("/// <summary>Reads and writes the plugin's payloads.</summary>").Line(GeneratedCode.Attribute);
        writer.Open($"internal sealed class {model.Name} : {Json}.Serialization.JsonSerializerContext, {Metadata}.IJsonTypeInfoResolver");
        EmitFrame(writer, model);
        EmitDispatch(writer, model);
        var writers = new JsonWriterEmitter(writer, model, s_policies[model.NamingPolicy]);
        foreach (var type in model.Types.Where(static t => t.Shape != JsonShape.Own))
        {
            JsonTypeEmitter.Emit(writer, type);
            writers.Emit(type);
        }

        EmitHelpers(writer);
        writer.Close();
        if (model.Namespace is not null)
        {
            writer.Close();
        }
    }

    private static void EmitFrame(SourceWriter writer, JsonContextModel model)
    {
        var policy = model.NamingPolicy == 0 ? "" : $" PropertyNamingPolicy = {Json}.JsonNamingPolicy.{s_policies[model.NamingPolicy]} ";
        writer.Line($"private static readonly {Json}.JsonSerializerOptions s_options = new() {{{policy}}};").Line();
        writer.Line("/// <summary>Initializes a context with its own options.</summary>");
        writer.Line($"public {model.Name}()");
        writer.Indented(static w => w.Line(": base(null)"));
        writer.Line("{").Line("}").Line();
        writer.Line("/// <summary>Initializes a context with other options.</summary>");
        writer.Line("/// <param name=\"options\">The options; the context becomes their resolver.</param>");
        writer.Line($"public {model.Name}({Json}.JsonSerializerOptions options)");
        writer.Indented(static w => w.Line(": base(options)"));
        writer.Line("{").Line("}").Line();
        writer.Line("/// <summary>Gets the context that all callers share.</summary>");
        writer.Line($"public static {model.Name} Default {{ get; }} = new(new {Json}.JsonSerializerOptions(s_options));").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {Json}.JsonSerializerOptions? GeneratedSerializerOptions => s_options;").Line();
        foreach (var type in model.Types)
        {
            writer.Line($"private {Metadata}.JsonTypeInfo<{type.Type}>? _{type.Property};").Line();
            writer.Line($"/// <summary>Gets how <c>{type.Property}</c> is read and written.</summary>");
            var info = $"{Metadata}.JsonTypeInfo<{type.Type}>";
            writer.Line($"public {info} @{type.Property} => _{type.Property} ??= ({info})Options.GetTypeInfo(typeof({type.Type}));").Line();
        }
    }

    private static void EmitDispatch(SourceWriter writer, JsonContextModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override {Metadata}.JsonTypeInfo? GetTypeInfo(global::System.Type type)");
        writer.Line("Options.TryGetTypeInfo(type, out var info);").Line("return info;").Close();
        writer.Line();
        writer.Open($"{Metadata}.JsonTypeInfo? {Metadata}.IJsonTypeInfoResolver.GetTypeInfo(global::System.Type type, {Json}.JsonSerializerOptions options)");
        foreach (var type in model.Types.Where(static t => t.Shape != JsonShape.Own))
        {
            writer.Open($"if (type == typeof({type.Type}))").Line($"return Create_{type.Property}(options);").Close().Line();
        }

        var own = string.Join(" ?? ", model.OwnContexts.Select(static c => $"(({Metadata}.IJsonTypeInfoResolver){c}).GetTypeInfo(type, options)"));
        writer.Line($"return {(own.Length == 0 ? "null" : own)};").Close();
    }

    private static void EmitHelpers(SourceWriter writer)
    {
        writer.Line();
        writer.Open($"private static {Json}.Serialization.JsonConverter<T> Expand<T>({Json}.Serialization.JsonConverter converter, {Json}.JsonSerializerOptions options)");
        writer.Open($"if (converter is {Json}.Serialization.JsonConverterFactory factory)").Line("converter = factory.CreateConverter(typeof(T), options)!;").Close();
        writer.Line();
        writer.Line($"return ({Json}.Serialization.JsonConverter<T>)converter;").Close();
        writer.Line();
        writer.Open($"private static {Json}.Serialization.JsonConverter<T>? Runtime<T>({Json}.JsonSerializerOptions options)");
        writer.Open("for (var i = 0; i < options.Converters.Count; i++)");
        writer.Open("if (options.Converters[i] is { } converter && converter.CanConvert(typeof(T)))").Line("return Expand<T>(converter, options);").Close();
        writer.Close();
        writer.Line();
        writer.Line("return null;").Close();
        writer.Line();
        // The factories put strict handling where nothing is said, and then the options have no say.
        writer.Open($"private {Metadata}.JsonTypeInfo<T> Owned<T>({Metadata}.JsonTypeInfo<T> info, {Json}.Serialization.JsonNumberHandling? numbers = null)");
        writer.Line("info.NumberHandling = numbers;").Line("info.OriginatingResolver = this;").Line("return info;").Close();
    }
}
