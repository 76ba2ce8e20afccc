using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Finds what keeps all generated code from compiling, so that one message stands where a hundred would.</summary>
internal static class EnvironmentChecks
{
    /// <summary>Says whether generated plugins can compile.</summary>
    public static bool CanGenerate(EnvironmentModel environment, CancellationToken cancellationToken) => environment.OldLanguage is null && environment.Strangers.Count == 0;

    public static void Report(SourceProductionContext context, (EnvironmentModel Environment, bool HasPlugins) input)
    {
        var (environment, hasPlugins) = input;
        if (environment.OldLanguage is not null && hasPlugins)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OldLanguage, Location.None, environment.OldLanguage));
        }

        foreach (var stranger in environment.Strangers)
        {
            var age = stranger.Contract < GeneratorContract.Version ? "older" : "newer";
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OtherContract, Location.None, stranger.Assembly, stranger.Version, age));
        }
    }
}
