using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

/// <summary>A process of its own, for the test that kills it: writes the registry's file as often as it can.</summary>
internal static class RegistryWriter
{
    public static int Run(string folder)
    {
        var registry = new PluginRegistry(new PluginRegistryOptions { Directory = folder });
        registry.Register(RegistryFixture.Descriptor("crm"));
        do
        {
            registry.RecordUse("crm");
            registry.AddReview("crm", 3, new string('c', PluginReview.MaxComment));
        }
        while (registry.FlushAsync().AsTask().GetAwaiter().GetResult());

        return 1;
    }
}
