using System.Diagnostics;

namespace FastEnrich.Sidecar.Tests;

public sealed class StartedProcessTests
{
    [Fact]
    public void Dispose_ProcessStillRuns_EndsIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sleep");
        int id;
        using (var started = new StartedProcess(new ProcessStartInfo("sleep", ["600"])))
        {
            id = started.Id;
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }
}
