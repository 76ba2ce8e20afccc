namespace FastEnrich.Generators.Tests.Samples;

public sealed class SnakePayload
{
    public string? FirstName { get; init; }

    public int HTTPStatus { get; init; } = 200;
}
