using System.CommandLine;
using System.CommandLine.Parsing;

namespace FastEnrich.Sidecar.Cli;

/// <summary>The options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string?> Config() => new("--config") { HelpName = "file", Description = "The configuration, fastenrich.yaml." };

    public static Option<bool> Demo() => new("--demo")
    {
        Description = "Start simulated upstreams on loopback ports and use them; needs nothing else. With --config their plugins are added to it.",
    };

    public static Option<int> Users()
    {
        var option = new Option<int>("--users") { HelpName = "n", Description = "How many users the demo's population has, 1 to 10000000.", DefaultValueFactory = _ => 1000 };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token, ..] && int.TryParse(token.Value, out var users) && users is < 1 or > 10_000_000)
            {
                result.AddError("--users is a number from 1 to 10000000");
            }
        });
        return option;
    }

    public static Option<int> Seed() => new("--seed")
    {
        HelpName = "n",
        Description = "What the demo's population grows from: the same seed, the same users.",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string> LogLevel() => OneOf(
        "--log-level", "How much is logged to standard error. User ids are logged at no level.", "warning",
        "trace", "debug", "information", "warning", "error", "none");

    public static Option<string> OneOf(string name, string description, string defaultValue, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', values), DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !values.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"{name} is one of {string.Join(", ", values)}");
            }
        });
        return option;
    }

    public static Option<TimeSpan?> Duration(string name, string description, TimeSpan? defaultValue, TimeSpan max) => new(name)
    {
        Description = description,
        HelpName = "duration",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            if (ConfigDuration.TryParse(result.Tokens[0].Value, out var value) && value > TimeSpan.Zero && value <= max)
            {
                return value;
            }

            result.AddError($"{name} is {ConfigDuration.Forms}, more than zero and at most {max.TotalSeconds:0} seconds");
            return null;
        },
    };
}
