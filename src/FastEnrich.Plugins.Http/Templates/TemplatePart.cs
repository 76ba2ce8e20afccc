namespace FastEnrich.Plugins.Http.Templates;

/// <summary>A piece of a template: text as it stands, or the name of a value.</summary>
/// <param name="Text">The text, or the value's name: <c>user_id</c>, <c>keys</c> or <c>identity:name</c>.</param>
/// <param name="IsPlaceholder">Whether it is a name.</param>
internal readonly record struct TemplatePart(string Text, bool IsPlaceholder);
