using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http;

/// <summary>Maps who a user is. Immutable.</summary>
internal sealed class HttpDemographicsMapper(HttpDemographicFields fields, HttpFieldPaths paths)
{
    private const int OldestAge = 130;

    private readonly JsonPath? _age = paths.Optional(fields.Age, "fields:demographics:age");
    private readonly JsonPath? _birthDate = paths.Optional(fields.BirthDate, "fields:demographics:birth_date");
    private readonly JsonPath? _gender = paths.Optional(fields.Gender, "fields:demographics:gender");
    private readonly JsonPath? _location = paths.Optional(fields.Location, "fields:demographics:location");
    private readonly JsonPath? _country = paths.Optional(fields.Country, "fields:demographics:country");
    private readonly JsonPath? _city = paths.Optional(fields.City, "fields:demographics:city");
    private readonly JsonPath? _income = paths.Optional(fields.Income, "fields:demographics:income");
    private readonly JsonPath? _education = paths.Optional(fields.Education, "fields:demographics:education");
    private readonly JsonPath? _occupation = paths.Optional(fields.Occupation, "fields:demographics:occupation");
    private readonly JsonPath? _maritalStatus = paths.Optional(fields.MaritalStatus, "fields:demographics:marital_status");

    public Demographics Map(JsonElement user, DateOnly today) => new()
    {
        Age = Age(user) ?? BirthDate.AgeAt(today, Text(_birthDate, user)),
        Gender = Text(_gender, user),
        Location = Text(_location, user),
        Country = CountryCodes.Resolve(Text(_country, user)),
        City = Text(_city, user),
        Income = Text(_income, user),
        Education = Text(_education, user),
        Occupation = Text(_occupation, user),
        MaritalStatus = Text(_maritalStatus, user),
    };

    private int? Age(JsonElement user) => _age is not null && JsonValues.Count(_age.First(user)) is { } age and <= OldestAge ? (int)age : null;

    private static string? Text(JsonPath? path, JsonElement user) => path is null ? null : JsonValues.Text(path.First(user));
}
