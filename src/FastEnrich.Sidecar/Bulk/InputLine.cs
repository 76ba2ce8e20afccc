namespace FastEnrich.Sidecar.Bulk;

/// <summary>One line of the input: a request, or why it was refused. One line in, one line out.</summary>
internal sealed class InputLine
{
    private InputLine(long number, EnrichmentRequest? request, string? problem, string? excerpt)
    {
        Number = number;
        Request = request;
        Problem = problem;
        Excerpt = excerpt;
    }

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; }

    public EnrichmentRequest? Request { get; }

    /// <summary>What is wrong with a refused line, without quoting it.</summary>
    public string? Problem { get; }

    /// <summary>The beginning of a refused id, well-formed; null when there is none to show.</summary>
    public string? Excerpt { get; }

    /// <summary>When the engine took the request in, as a timestamp of the run's clock.</summary>
    public long StartedAt { get; set; }

    public static InputLine Accepted(long number, EnrichmentRequest request) => new(number, request, null, null);

    public static InputLine Refused(long number, string problem, string? userId = null) =>
        new(number, null, problem, userId is null ? null : UserIdExcerpt.Of(userId));
}
