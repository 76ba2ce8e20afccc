using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

/// <summary>A child without a process: the test reads what the host sent, and writes what the child says.</summary>
internal sealed class FakeChild : IChildProcess
{
    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 32)); // a system's pipe is bounded too
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _error = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeChild()
    {
        Input = _input.Writer.AsStream();
        Output = _output.Reader.AsStream();
        Error = _error.Reader.AsStream();
    }

    public int Id => 4711;

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    public Task<int> Exited => _exited.Task;

    /// <summary>Gets or sets whether SIGTERM ends it.</summary>
    public bool IsPolite { get; set; } = true;

    public int Terminations { get; private set; }

    public bool IsKilled { get; private set; }

    public static string Hello(string extra = "") => $$"""{"type":"hello","protocol":1,"name":"crm","version":"2.1.0"{{extra}}}""";

    public void Terminate()
    {
        Terminations++;
        if (IsPolite)
        {
            Exit(143);
        }
    }

    public void Kill()
    {
        IsKilled |= !_exited.Task.IsCompleted;
        Exit(137);
    }

    public void Exit(int code)
    {
        _exited.TrySetResult(code);
        _output.Writer.Complete();
        _error.Writer.Complete();
        _input.Reader.Complete();
    }

    /// <summary>Lets the next read of its output fail.</summary>
    public void Break(Exception exception) => _output.Writer.Complete(exception);

    public void Say(string json) => SayBytes([.. Framed(json)]);

    public void SayBytes(ReadOnlySpan<byte> bytes)
    {
        _output.Writer.Write(bytes);
        _ = _output.Writer.FlushAsync();
    }

    public static byte[] Framed(string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Frame.Write(buffer, Encoding.UTF8.GetBytes(json));
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the next frame that the host sent, of a type if one is given.</summary>
    public async Task<JsonElement> HearAsync(string? type = null)
    {
        while (true)
        {
            var read = await _input.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            var buffer = read.Buffer;
            if (Frame.TryRead(ref buffer, int.MaxValue, out var payload))
            {
                var message = JsonElement.Parse(payload.ToArray());
                _input.Reader.AdvanceTo(buffer.Start);
                if (type is null || message.GetProperty("type").GetString() == type)
                {
                    return message;
                }
            }
            else
            {
                Assert.False(read.IsCompleted, "the host closed the input");
                _input.Reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    public void Dispose()
    {
    }
}
