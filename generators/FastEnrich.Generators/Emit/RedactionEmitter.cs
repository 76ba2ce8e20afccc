using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes a record's <c>PrintMembers</c>, which prints <c>***</c> for what is sensitive.</summary>
internal static class RedactionEmitter
{
    public static void Emit(SourceWriter writer, RedactionModel model)
    {
        if (model.Namespace is not null)
        {
            writer.Open($"namespace {model.Namespace}");
        }

        foreach (var declaration in model.Declarations)
        {
            writer.Open(declaration);
        }

        writer.Line(GeneratedCode.Attribute);
        writer.Open($"{model.Signature} bool PrintMembers(global::System.Text.StringBuilder builder)");
        var separator = "";
        if (model.CallsBase)
        {
            writer.Open("if (base.PrintMembers(builder))").Line("builder.Append(\", \");").Close();
        }

        foreach (var member in model.Members)
        {
            writer.Line($"builder.Append({Literal.Of($"{separator}{member.Name} = {(member.Sensitive ? "***" : "")}")});");
            if (!member.Sensitive)
            {
                writer.Line($"builder.Append((object?)this.@{member.Name});");
            }

            separator = ", ";
        }

        writer.Line("return true;").Close();
        foreach (var _ in model.Declarations)
        {
            writer.Close();
        }

        if (model.Namespace is not null)
        {
            writer.Close();
        }
    }
}
