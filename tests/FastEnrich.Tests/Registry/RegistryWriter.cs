using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

/// <summary>A process of its own, for the test that kills it: writes the registry's file as often as it can, for as long as the test lives.</summary>
internal static class RegistryWriter
{
    public static int Run(string folder)
    {
        new Thread(static () =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(2);
        }) { IsBackground = true }.Start();
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
