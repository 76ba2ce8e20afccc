using System.Buffers.Binary;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FastEnrich.Tests.Registry;

namespace FastEnrich.Tests.Processes;

/// <summary>The test program as a plugin's child: started with a word of its own it never becomes a test run. It behaves as the next word says.</summary>
internal static class ChildProgram
{
    public const string Word = "--process-plugin-child";

    private static readonly Stream s_input = Console.OpenStandardInput();
    private static readonly Stream s_output = Console.OpenStandardOutput();

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The one way in before the test platform's own entry point.")]
    public static void Enter()
    {
        var words = Environment.GetCommandLineArgs();
        var at = Array.IndexOf(words, Word);
        if (at >= 0)
        {
            Environment.Exit(Run(words[at + 1]));
        }
    }

    private static int Run(string mode)
    {
        switch (mode)
        {
            case "host":
                return ChildHost.Run();
            case "registry":
                return RegistryWriter.Run(Environment.GetCommandLineArgs()[^1]);
        }

        using var term = mode == "stubborn" && !OperatingSystem.IsWindows() ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true) : null;
        if (mode == "chatty")
        {
            Console.Error.WriteLine(new string('e', 1 << 20)); // more than a pipe holds
        }

        while (Read() is { } message)
        {
            if (message.GetProperty("type").GetString() == "shutdown" && mode != "stubborn")
            {
                return 0;
            }

            Reply(message, mode);
        }

        if (mode == "stubborn")
        {
            Thread.Sleep(Timeout.Infinite);
        }

        return 0;
    }

    private static void Reply(in JsonElement message, string mode)
    {
        var type = message.GetProperty("type").GetString();
        var id = message.TryGetProperty("id", out var number) ? number.GetInt64() : 0;
        switch (type)
        {
            case "hello":
                Say($$"""{"type":"hello","protocol":1,"name":"{{message.GetProperty("plugin").GetString()}}","version":"1.0.0","batch_size":100}""");
                Misbehave(mode);
                break;
            case "ping" when mode != "hang":
                Say($$"""{"type":"pong","id":{{id}}}""");
                break;
            case "health":
                Say($$"""{"type":"health","id":{{id}},"healthy":true}""");
                break;
            case "enrich" when mode != "hang":
                Enrich(message, id, mode);
                break;
            case "enrich_batch":
                Say($$"""{"type":"batch_result","id":{{id}},"results":[{{string.Join(',', message.GetProperty("requests").EnumerateArray().Select(static _ => """{"status":"not_found"}"""))}}]}""");
                break;
            case "cancel":
                break;
        }
    }

    private static void Misbehave(string mode)
    {
        switch (mode)
        {
            case "deaf":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "flood":
                for (var i = 1_000_000L; ; i++)
                {
                    Say($$"""{"type":"result","id":{{i}},"status":"not_found"}""");
                }

            case "endless":
                s_output.Write([0x00, 0x3F, 0xFF, 0xFF]); // a frame of nearly 4 MiB that never ends
                while (true)
                {
                    s_output.Write(new byte[1024]);
                    Thread.Sleep(Timeout.Infinite);
                }
        }
    }

    private static void Enrich(in JsonElement message, long id, string mode)
    {
        var user = message.GetProperty("user_id").GetString()!;
        if (mode == "half")
        {
            s_output.Write([0, 0, 1, 0, (byte)'{']);
            s_output.Flush();
            Environment.Exit(3);
        }

        if (mode == "chatty")
        {
            Console.Error.WriteLine($"looking up {user}");
        }

        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "result");
            writer.WriteNumber("id", id);
            writer.WriteString("status", "found");
            writer.WriteStartObject("enrichment");
            writer.WriteNumber("confidence", 1);
            writer.WriteStartObject("demographics");
            writer.WriteString("city", user);
            writer.WriteString("occupation", Environment.ProcessId.ToString());
            writer.WriteEndObject();
            writer.WriteStartArray("interests");
            foreach (var name in names)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        Say(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static JsonElement? Read()
    {
        var header = new byte[4];
        if (s_input.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
        {
            return null;
        }

        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
        s_input.ReadExactly(body);
        return JsonElement.Parse(body);
    }

    private static void Say(string json)
    {
        s_output.Write(FakeChild.Framed(json));
        s_output.Flush();
    }
}
