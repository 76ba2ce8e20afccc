using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Finds limits that contradict each other, the option's type or its default.</summary>
internal static class LimitChecks
{
    private static readonly TimeSpan s_patternLimit = TimeSpan.FromSeconds(1);

    public static void Check(IPropertySymbol property, ConfigValueModel value, string? text, Limits limits, ParseContext context)
    {
        var bounded = !double.IsNaN(limits.Minimum) || !double.IsNaN(limits.Maximum);
        if (bounded && value.Kind is not (ConfigValueKind.Integer or ConfigValueKind.Number or ConfigValueKind.Duration or ConfigValueKind.Size))
        {
            context.Report(Descriptors.InvalidLimits, property, property.Name, "only numbers, durations and sizes have a minimum or maximum");
        }
        else if (limits.Minimum > limits.Maximum)
        {
            context.Report(Descriptors.InvalidLimits, property, property.Name, "the minimum is greater than the maximum");
        }
        else if (value.Kind == ConfigValueKind.Nested && (limits.Pattern is not null || limits.Allowed.Length > 0))
        {
            context.Report(Descriptors.InvalidLimits, property, property.Name, "a nested section has no pattern and no enum");
        }
        else if (text is not null && OutOfRange(text, value.Kind, limits) is { } range)
        {
            Refuse(range);
        }

        var pattern = Pattern(property, limits.Pattern, context);
        if (text is not null && limits.Allowed.Length > 0 && !limits.Allowed.Contains(text, StringComparer.Ordinal))
        {
            Refuse("the allowed texts are " + string.Join(", ", limits.Allowed));
        }
        else if (text is not null && pattern is not null && !Matches(pattern, text))
        {
            Refuse($"the pattern is {limits.Pattern}");
        }

        void Refuse(string reason) => context.Report(Descriptors.InvalidDefault, property, property.Name, IsSensitive(property) ? "***" : text, reason);
    }

    private static bool IsSensitive(IPropertySymbol property) => ConfigFieldParser.Attribute(property).Named("Sensitive") is true;

    private static string? OutOfRange(string text, ConfigValueKind kind, Limits limits)
    {
        double number;
        if (kind == ConfigValueKind.Duration)
        {
            number = DefaultText.Seconds(text);
        }
        else if (kind is not (ConfigValueKind.Integer or ConfigValueKind.Number or ConfigValueKind.Size)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return null;
        }

        return number < limits.Minimum ? "the minimum is " + limits.Minimum.ToString("R", CultureInfo.InvariantCulture)
            : number > limits.Maximum ? "the maximum is " + limits.Maximum.ToString("R", CultureInfo.InvariantCulture)
            : null;
    }

    private static Regex? Pattern(IPropertySymbol property, string? pattern, ParseContext context)
    {
        try
        {
            var regex = pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant, s_patternLimit);
            if (pattern is not null && PatternConstructs.FindBacktracking(pattern) is { } construct)
            {
                context.Report(Descriptors.SlowPattern, property, property.Name, construct);
            }

            return regex;
        }
        catch (ArgumentException e)
        {
            context.Report(Descriptors.InvalidPattern, property, property.Name, e.Message);
            return null;
        }
    }

    private static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true; // too slow to say here; the binder says it at start-up
        }
    }
}
