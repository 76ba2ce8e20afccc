namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>
/// Reads what belongs to persons: deals, products, activities, organizations. A failure is that of the persons who needed the answer, and of nobody else. Thread-safe.
/// </summary>
internal sealed class PipedriveReader(PipedriveRequests requests, IReadOnlyCollection<PipedriveCapability> capabilities)
{
    private const int Parallelism = 4; // of requests of one kind and batch: a fifth of the smallest burst window

    public async ValueTask FillAsync(IReadOnlyList<PipedriveDossier> dossiers, CancellationToken cancellationToken)
    {
        // Whatever order they end in, each fills its own part.
        await Task.WhenAll(
            FillDealsAsync(dossiers, cancellationToken),
            FillActivitiesAsync(dossiers, cancellationToken),
            FillOrganizationsAsync(dossiers, cancellationToken)).ConfigureAwait(false);
    }

    private async Task FillDealsAsync(IReadOnlyList<PipedriveDossier> dossiers, CancellationToken cancellationToken)
    {
        if (!capabilities.Contains(PipedriveCapability.Deals))
        {
            return;
        }

        await EachAsync(
            dossiers.Where(static dossier => MayHave(dossier.Person, "won_deals_count", "open_deals_count")),
            async (dossier, token) => dossier.Deals = [.. (await requests.ListDealsAsync(dossier.Id, token).ConfigureAwait(false)).Where(static deal => !deal.IsDeleted)],
            cancellationToken).ConfigureAwait(false);
        if (capabilities.Contains(PipedriveCapability.Products))
        {
            await FillProductsAsync(dossiers, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillProductsAsync(IReadOnlyList<PipedriveDossier> dossiers, CancellationToken cancellationToken)
    {
        var deals = dossiers
            .SelectMany(
                static dossier => dossier.Deals.Where(static deal =>
                    deal.Id is not null && deal.Text("status") == "won" && MayHave(deal, "products_count")),
                static (dossier, deal) => (Id: deal.Id!, Dossier: dossier))
            .DistinctBy(static pair => pair.Id);
        var read = new List<PipedriveRecord>();
        foreach (var chunk in deals.Chunk(PipedriveApi.MaxBatch))
        {
            await TryAsync(
                chunk.Select(static pair => pair.Dossier),
                async () => read.AddRange(await requests.ListProductsAsync(chunk.Select(static pair => pair.Id), cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }

        var products = read.Where(static product => product.Flag("is_enabled") != false).ToLookup(static product => product.IdOf("deal_id") ?? "", StringComparer.Ordinal);
        foreach (var dossier in dossiers)
        {
            dossier.Products = products;
        }
    }

    private async Task FillActivitiesAsync(IReadOnlyList<PipedriveDossier> dossiers, CancellationToken cancellationToken)
    {
        if (capabilities.Contains(PipedriveCapability.Activities))
        {
            await EachAsync(
                dossiers.Where(static dossier => MayHave(dossier.Person, "activities_count")),
                async (dossier, token) =>
                {
                    var activities = await requests.ListActivitiesAsync(dossier.Id, token).ConfigureAwait(false);
                    dossier.Activities = [.. activities.Where(static activity => !activity.IsDeleted)];
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillOrganizationsAsync(IReadOnlyList<PipedriveDossier> dossiers, CancellationToken cancellationToken)
    {
        if (!capabilities.Contains(PipedriveCapability.Organizations))
        {
            return;
        }

        var members = dossiers
            .Where(static dossier => dossier.Person.IdOf("org_id") is not null)
            .ToLookup(static dossier => dossier.Person.IdOf("org_id")!, StringComparer.Ordinal);
        foreach (var chunk in members.Chunk(PipedriveApi.MaxBatch))
        {
            await TryAsync(chunk.SelectMany(static organization => organization), async () =>
            {
                foreach (var organization in await ReadOrganizationsAsync([.. chunk.Select(static organization => organization.Key)], cancellationToken).ConfigureAwait(false))
                {
                    foreach (var dossier in members[organization.Id ?? ""])
                    {
                        dossier.Organization = organization;
                    }
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>One alone costs a tenth of a list.</summary>
    private async ValueTask<IReadOnlyList<PipedriveRecord>> ReadOrganizationsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var found = ids.Length > 1
            ? await requests.ListOrganizationsAsync(ids, cancellationToken).ConfigureAwait(false)
            : await requests.ReadOrganizationAsync(ids[0], cancellationToken).ConfigureAwait(false) is { } one ? [one] : [];
        return [.. found.Where(static organization => !organization.IsDeleted)];
    }

    private static Task EachAsync(IEnumerable<PipedriveDossier> dossiers, Func<PipedriveDossier, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            dossiers,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (dossier, token) => await TryAsync([dossier], () => read(dossier, token)).ConfigureAwait(false));

    private static async Task TryAsync(IEnumerable<PipedriveDossier> dossiers, Func<Task> read)
    {
        try
        {
            await read().ConfigureAwait(false);
        }
        catch (PluginException failure)
        {
            foreach (var dossier in dossiers)
            {
                dossier.Fail(failure);
            }
        }
    }

    /// <summary>Counters that come with the person save the request that would bring nothing; a counter that did not come says nothing.</summary>
    private static bool MayHave(PipedriveRecord record, params ReadOnlySpan<string> counters)
    {
        foreach (var counter in counters)
        {
            if (record.Count(counter) is not 0)
            {
                return true;
            }
        }

        return false;
    }
}
