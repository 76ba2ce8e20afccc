namespace FastEnrich.Configuration;

/// <summary>A plugin that the configuration does not enable, read as if it did: a process's descriptor holds what its section says.</summary>
internal readonly record struct DormantPlugin(PluginDescriptor Descriptor, PluginSettings Settings);
