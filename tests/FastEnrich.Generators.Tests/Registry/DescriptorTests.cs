namespace FastEnrich.Generators.Tests.Registry;

public sealed class DescriptorTests
{
    [Fact]
    public void AddAllPlugins_OwnPlugins_AddsEachOnce()
    {
        var registrar = new CapturingRegistrar().AddAllPlugins();

        Assert.Equal(["sample", "second"], registrar.Plugins.Select(p => p.Name));
    }
}
