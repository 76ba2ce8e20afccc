namespace FastEnrich.Generators.Models;

/// <summary>
/// A member of a generic type, as its declaration sees it: an accessor of such a member must itself be declared over the same type parameters.
/// </summary>
internal sealed record GenericAccessModel(string Parameters, string Constraints, string DeclaringType, string MemberType, string Arguments);
