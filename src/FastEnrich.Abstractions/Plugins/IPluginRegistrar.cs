namespace FastEnrich;

/// <summary>Takes plugins by their descriptors; generated <c>AddGeneratedPlugins()</c> and <c>AddAllPlugins()</c> extend it.</summary>
public interface IPluginRegistrar
{
    /// <summary>Makes a plugin known. It runs once configuration or code enables it. Adding the same plugin class twice is harmless.</summary>
    /// <param name="descriptor">The plugin's descriptor.</param>
    /// <exception cref="ArgumentException">Another plugin class has the same name.</exception>
    void AddPlugin(PluginDescriptor descriptor);
}
