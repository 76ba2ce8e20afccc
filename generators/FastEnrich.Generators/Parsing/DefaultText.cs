using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>An option's initialiser, as configuration text where that is known at compile time.</summary>
internal readonly record struct DefaultText(bool Exists, string? Text)
{
    public static DefaultText Read(IPropertySymbol property, ConfigValueModel value, ParseContext context)
    {
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax { Initializer.Value: { } expression })
            {
                var text = Evaluate(expression, value, context.Compilation.GetSemanticModel(expression.SyntaxTree), context.CancellationToken);
                return new DefaultText(!IsSilencedNull(expression), text);
            }
        }

        return default;
    }

    public static double Seconds(string text) =>
        text.EndsWith("s", StringComparison.Ordinal)
        && double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : double.NaN;

    /// <summary><c>null!</c> or <c>default!</c> only keeps the compiler quiet.</summary>
    private static bool IsSilencedNull(ExpressionSyntax expression) =>
        expression is PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax literal }
        && literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression;

    private static string? Evaluate(ExpressionSyntax expression, ConfigValueModel value, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var constant = semantics.GetConstantValue(expression, cancellationToken);
        if (constant.HasValue)
        {
            return value.Kind == ConfigValueKind.Choice ? Choice(expression, value, semantics, cancellationToken) : Constant(constant.Value);
        }

        return value.Kind switch
        {
            ConfigValueKind.Duration => Duration(expression, semantics, cancellationToken),
            ConfigValueKind.Address when expression is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only] } =>
                semantics.GetConstantValue(only.Expression, cancellationToken).Value as string,
            _ => null,
        };
    }

    private static string? Constant(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value as string,
    };

    private static string? Choice(ExpressionSyntax expression, ConfigValueModel value, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var member = semantics.GetSymbolInfo(expression, cancellationToken).Symbol?.Name;
        return value.Choices.FirstOrDefault(c => c.Value.EndsWith(".@" + member, StringComparison.Ordinal))?.Name;
    }

    private static string? Duration(ExpressionSyntax expression, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (semantics.GetSymbolInfo(expression, cancellationToken).Symbol is IFieldSymbol { Name: "Zero" })
        {
            return "0s";
        }

        if (expression is not InvocationExpressionSyntax { ArgumentList.Arguments: [var only] }
            || semantics.GetSymbolInfo(expression, cancellationToken).Symbol is not IMethodSymbol method
            || semantics.GetConstantValue(only.Expression, cancellationToken).Value is not IConvertible number)
        {
            return null;
        }

        var unit = method.Name switch
        {
            "FromMilliseconds" => 0.001m,
            "FromSeconds" => 1m,
            "FromMinutes" => 60m,
            "FromHours" => 3600m,
            "FromDays" => 86400m,
            _ => 0m,
        };
        return unit == 0m ? null : (number.ToDecimal(CultureInfo.InvariantCulture) * unit).ToString("0.#######", CultureInfo.InvariantCulture) + "s";
    }
}
