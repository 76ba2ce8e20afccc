using System.Text.Json;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Features that show on types of their own.</summary>
internal static class ParityShapes
{
    public static IEnumerable<ParityGroup> Groups(ParityPair pair) =>
    [
        new("Required", [pair.Kind<ParityRequired.RequiredClass>(), pair.Kind<ParityRequired.RequiredRecord>(), pair.Kind<ParityRequired.RequiredStruct>()],
            ("Name", ["\"n\"", "1"]), ("Count", ["1", "\"1\""]), ("Maybe", ["\"m\""]), ("Point", ["{\"X\":1}", "[]"]), ("NotNull", ["\"x\""]), ("Tags", ["[\"a\",null]", "{}"])),
        new("Constructor", [pair.Kind<ParityConstructed.ConstructedClass>(), pair.Kind<ParityConstructed.ConstructedRecord>(), pair.Kind<ParityConstructed.ConstructedStruct>()],
            ("Name", ["\"n\"", "1"]), ("Number", ["1", "2147483648"]), ("Text", ["\"t\""]), ("Letter", ["\"x\"", "\"xy\""]), ("Flag", ["false", "0"]), ("Real", ["1.5", "\"NaN\""]), ("Small", ["2.5"]),
            ("Money", ["1.20", "1e40"]), ("Long", ["5"]), ("Color", ["0", "7"]), ("Maybe", ["4"]), ("MaybeColor", ["1"]), ("Guid", ["\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"", "\"x\""]), ("List", ["[1]", "[\"1\"]"]),
            ("Beside", ["\"b\""]), ("Computed", ["9"]), ("Size", ["\"Small\"", "\"x\""]), ("Point", ["{\"X\":2}"])),
        new("Inheritance", [pair.Kind<ParityInherited.InheritedClass>(), pair.Kind<ParityInherited.InheritedMiddle>(), pair.Kind<ParityInherited.InheritedRecord>()],
            ("Generic", ["[1]", "[null]"]), ("Virtual", ["2", "\"2\""]), ("VirtualIgnored", ["\"v\""]), ("Abstract", ["\"a\""]), ("Early", ["3"]), ("Hidden", ["4", "\"h\""]), ("hiddenRenamed", ["\"r\""]), ("HiddenByIgnored", ["5"]),
            ("IgnoredHere", ["6"]), ("ReadOnlyHere", ["7"]), ("Internal", ["8"]), ("Field", ["9"]), ("Own", ["10"]), ("Name", ["\"n\""]), ("Number", ["11"]), ("Flag", ["true"]), ("Extra", ["\"e\""])),
        new("Extension data", [pair.Kind<ParityExtended.ExtendedClass>(), pair.Kind<ParityExtended.ExtendedRecord>(), pair.Kind<ParityExtended.ExtendedStruct>()],
            ("Known", ["1", "\"1\""]), ("Ignored", ["2"]), ("Rest", ["{\"a\":1}", "1"]), ("other", ["[1,{\"a\":null}]", "\"\\ud83d\""]), ("", ["1"])),
        new("Ignore conditions", [pair.Kind<ParityIgnored.IgnoredClass>(), pair.Kind<ParityIgnored.IgnoredRecord>(), pair.Kind<ParityIgnored.IgnoredStruct>()],
            ("Always", ["1", "\"x\""]), ("OnlyRead", ["2", "\"x\""]), ("OnlyWritten", ["\"w\"", "1"]), ("Null", ["3"]), ("DefaultText", ["\"d\"", "\"\""]), ("DefaultMaybe", ["0", "1"]), ("DefaultEnum", ["1", "0"]),
            ("DefaultStruct", ["{\"Id\":1}", "{\"Id\":0}", "{}"]), ("NullList", ["[1]", "[]"]), ("Computed", ["5"]), ("Unreadable", ["\"u\""]), ("Unsettable", ["\"u\""]), ("DefaultReal", ["1.5", "0", "-0.0"])),
        new("Handling", [pair.Kind<ParityHandled.HandledClass>(), pair.Kind<ParityHandled.HandledFilled>(), pair.Kind<ParityHandled.HandledMember>()],
            ("Number", ["1", "\"2\"", "\"x\""]), ("Maybe", ["\"1.5\"", "2"]), ("Numbers", ["[1,\"2\"]", "[1,2]", "[null]"]), ("Prices", ["{\"a\":\"1.5\"}", "{\"a\":{}}"]), ("Strict", ["1", "\"1\""]), ("ByName", ["{\"b\":2}", "{\"a\":3}"]),
            ("Inner", ["{\"Number\":6}", "{}"]), ("Replaced", ["[2]"]), ("Filled", ["[\"x\"]", "[]"]), ("Kept", ["[\"x\"]"])),
        new("Unmapped members", [pair.Kind<ParityHandled.HandledRecord>(), pair.Kind<ParityHandled.HandledStruct>()],
            ("Number", ["1", "\"NaN\""])),
        new("Unmapped members and more", [pair.Kind<ParityHandled.HandledRecord>(), pair.Kind<ParityHandled.HandledStruct>()],
            ("Number", ["1", "\"NaN\""]), ("Text", ["\"t\""]), ("Ignored", ["2"]), ("Numbers", ["[\"Infinity\",1]", "[\"1\"]"]), ("unknown", ["1"])),
        new("Generics", [pair.Kind<ParityPage.PageClass<ParityPoint>>(), pair.Kind<ParityPage.PageRecord<ParityKey>>(), pair.Kind<ParityPage.PageStruct<ParityKey>>()],
            ("First", ["{\"X\":1,\"Id\":1}", "\"f\""]), ("Maybe", ["{\"Id\":2}"]), ("Items", ["[{\"X\":1,\"Id\":3},{}]", "[\"a\"]", "[null]"]), ("Next", ["{}", "{\"Next\":{\"Next\":null}}"]), ("Total", ["5"])),
        new("Enums", [pair.Kind<ParityEnums.EnumsClass>(), pair.Kind<ParityEnums.EnumsRecord>(), pair.Kind<ParityEnums.EnumsStruct>()],
            ("Tiny", ["-128", "128", "\"Low\""]), ("Huge", ["18446744073709551615", "-1"]), ("Rights", ["\"r\"", "\"r, w w\"", "\"All\"", "\"R\"", "\"Read\"", "3", "9", "\"x\""]), ("Maybe", ["\"None\""]), ("Text", ["\"Most\"", "\"most\"", "0"]),
            ("Many", ["[\"r\",\"w w\"]", "[null]"]), ("ByName", ["{\"a\":0,\"b\":null}"])),
        new("Included members", [pair.Kind<ParityIncluded.IncludedClass>(), pair.Kind<ParityIncluded.IncludedRecord>(), pair.Kind<ParityIncluded.IncludedStruct>()],
            ("Internal", ["1", "\"1\""]), ("Field", ["\"f\"", "1"]), ("InternalField", ["2"]), ("Init", ["3"]), ("OwnContext", ["4"]), ("Plain", ["5"]), ("Renamed", ["6"]), ("renamed", ["7"])),
    ];

    /// <summary>The names of each policy, in documents of each policy.</summary>
    public static IEnumerable<ParityGroup> Policies()
    {
        (ParityPair Pair, JsonNamingPolicy Policy)[] policies =
        [
            (new(ParityPolicyReferences.CamelCase.Default, ParityPolicies_CamelCaseJsonContext.Default), JsonNamingPolicy.CamelCase),
            (new(ParityPolicyReferences.SnakeCaseLower.Default, ParityPolicies_SnakeCaseLowerJsonContext.Default), JsonNamingPolicy.SnakeCaseLower),
            (new(ParityPolicyReferences.SnakeCaseUpper.Default, ParityPolicies_SnakeCaseUpperJsonContext.Default), JsonNamingPolicy.SnakeCaseUpper),
            (new(ParityPolicyReferences.KebabCaseLower.Default, ParityPolicies_KebabCaseLowerJsonContext.Default), JsonNamingPolicy.KebabCaseLower),
            (new(ParityPolicyReferences.KebabCaseUpper.Default, ParityPolicies_KebabCaseUpperJsonContext.Default), JsonNamingPolicy.KebabCaseUpper),
        ];
        string[] names = ["FirstName", "HTTPStatusCode", "URL2Path", "ID", "A", "snake_case", "_underscore", "ByName"];
        return policies.Select(p => new ParityGroup(
            $"Names in {p.Policy.ConvertName("OneCase")}",
            [p.Pair.Kind<ParityNamed.NamedClass>(), p.Pair.Kind<ParityNamed.NamedRecord>(), p.Pair.Kind<ParityNamed.NamedStruct>()],
            [.. names.Select(name => (p.Policy.ConvertName(name), Values(name))), ("As-Is", ["9"])]));
    }

    private static string[] Values(string name) => name switch
    {
        "FirstName" => ["\"f\""],
        "ByName" => ["{\"AsIs\":1}"],
        _ => ["1"],
    };

    /// <summary>A generated context and one of the author's own, as one resolver.</summary>
    public static ParityGroup Owned(bool comparesPaths)
    {
        var pair = new ParityPair(ParityOwnedReference.Default, ParityOwnedPluginJsonContext.Default, comparesPaths);
        return new ParityGroup(
            "Contexts of one's own",
            [pair.Kind<ParityOwned.Deal>(), pair.Kind<ParityOwned.Party>(), pair.Kind<ParityOwned.Company>()],
            ("Id", ["\"d\"", "1"]),
            ("Owner", ["{\"$type\":\"company\",\"Seats\":3,\"Name\":\"c\"}", "{\"Name\":\"p\"}", "{\"$type\":\"person\",\"Home\":{\"X\":1}}", "{\"$type\":\"x\"}", "[]"]),
            ("Others", ["[{\"$type\":\"person\"},null]", "[1]"]),
            ("ByRole", ["{\"a\":{\"$type\":\"company\"}}"]),
            ("Notes", ["{\"a\":[1,null]}", "\"t\"", "5"]),
            ("Place", ["{\"X\":2}"]),
            ("Name", ["\"n\"", "1"]),
            ("Seats", ["4", "\"4\""]));
    }
}
