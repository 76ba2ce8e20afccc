using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class RegistryTransitionsTests
{
    // Rows: states; columns: changes. A dot: the change makes no sense there.
    private const string Table = """
                     install   enable  disable  fail  recover   begin    end       uninstall
        installed    .         enabled disabled error .         updating .         uninstalled
        enabled      .         .       disabled error .         updating .         uninstalled
        disabled     .         enabled .        error .         updating .         uninstalled
        error        .         .       .        .     installed updating .         uninstalled
        updating     .         .       .        error .         .        installed uninstalled
        uninstalled  installed .       .        .     .         .        .         .
        """;

    [Fact]
    public void Next_EveryStateAndChange_IsAsTheTableSays()
    {
        var rows = Table.Split('\n').Skip(1).Select(static row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();

        Assert.Equal(Enum.GetValues<RegistryState>().Length, rows.Length);
        foreach (var row in rows)
        {
            Assert.True(RegistryWords.TryParse(row[0], out RegistryState state));
            Assert.Equal(Enum.GetValues<RegistryChange>().Length, row.Length - 1);
            foreach (var change in Enum.GetValues<RegistryChange>())
            {
                var next = RegistryTransitions.Next(state, change);
                Assert.Equal((state, change, row[1 + (int)change]), (state, change, next is { } found ? RegistryWords.Of(found) : "."));
            }
        }
    }
}
