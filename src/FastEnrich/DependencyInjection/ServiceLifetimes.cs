using FastEnrich;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Answers from the service collection that the host was built from.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services) : IServiceLifetimes
{
    public bool IsScoped(Type service, object? key) => Find(service, key) is { Lifetime: ServiceLifetime.Scoped };

    private ServiceDescriptor? Find(Type service, object? key) =>
        services.LastOrDefault(known => Is(known, service, key))
        ?? (service.IsConstructedGenericType ? services.LastOrDefault(known => Is(known, service.GetGenericTypeDefinition(), key)) : null);

    private static bool Is(ServiceDescriptor known, Type service, object? key) => known.ServiceType == service && Equals(known.ServiceKey, key);
}
