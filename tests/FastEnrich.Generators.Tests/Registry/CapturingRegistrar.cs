namespace FastEnrich.Generators.Tests.Registry;

internal sealed class CapturingRegistrar : IPluginRegistrar
{
    public List<PluginDescriptor> Plugins { get; } = [];

    public void AddPlugin(PluginDescriptor descriptor) => Plugins.Add(descriptor);
}
