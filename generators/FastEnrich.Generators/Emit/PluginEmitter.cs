using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes a plugin's file: descriptor, binder, the printing of its options, JSON context.</summary>
internal static class PluginEmitter
{
    public static void Emit(SourceProductionContext context, (PluginFile File, EnvironmentModel Environment) input)
    {
        var (file, environment) = input;
        var writer = new SourceWriter();
        if (file.Plugin is not null)
        {
            writer.Open($"namespace {environment.Namespace}");
            DescriptorEmitter.Emit(writer, file.Plugin);
            if (file.Options is not null)
            {
                writer.Line();
                BinderEmitter.Emit(writer, file.Options);
            }

            writer.Close();
        }

        foreach (var redaction in file.Redactions)
        {
            writer.Line();
            RedactionEmitter.Emit(writer, redaction);
        }

        if (file.Json is not null)
        {
            writer.Line();
            JsonContextEmitter.Emit(writer, file.Json);
        }

        context.AddSource($"{file.Stem}.g.cs", writer.ToSource());
    }
}
