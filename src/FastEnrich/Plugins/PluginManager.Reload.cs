using FastEnrich.Configuration;
using FastEnrich.Plugins;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>A new configuration while requests run: refused as a whole, or applied plugin by plugin in one step.</content>
public sealed partial class PluginManager
{
    private readonly Func<FastEnrichOptions>? _read;
    private Dictionary<string, PluginSettings> _configured = []; // the accepted configuration; under _changes

    /// <summary>Reads the options again as they were read at the start, and applies what is new in them.</summary>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>What has changed.</returns>
    /// <exception cref="FastEnrichConfigurationException">The configuration has mistakes, all of them listed; nothing has changed.</exception>
    /// <exception cref="PluginException">A plugin could not be made from it, or plugins would wait for each other; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The engine was made from options, not from what reads them; or it would run more than 64 plugins.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask<ReloadReport> ReloadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_read is null)
        {
            throw new InvalidOperationException("The engine was made from options alone; hand the new ones over, or make it with Create(Func<FastEnrichOptions>).");
        }

        var options = _read();
        _files = options.Files;
        return await ReloadAsync(options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Applies other options, in one step that a request sees whole or not at all: what differs from the options accepted last, plugin by plugin. Plugins whose
    /// settings are the same are not touched; other times change in place; anything else makes a new instance, which is connected, takes over, and
    /// replaces the old one, which is drained and disposed. What code has registered, enabled or disabled stays so until the options change about it.
    /// </summary>
    /// <remarks>
    /// A plugin whose new instance cannot connect goes on as it was, and is named in the report. Of the options, <see cref="FastEnrichOptions.Engine"/>,
    /// <see cref="FastEnrichOptions.Plugins"/> and <see cref="FastEnrichOptions.Catalog"/> count.
    /// </remarks>
    /// <param name="options">The new options, whole: what is not in them is switched off.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>What has changed.</returns>
    /// <exception cref="FastEnrichConfigurationException">The options have mistakes, all of them listed; nothing has changed.</exception>
    /// <exception cref="PluginException">A plugin could not be made from them, or plugins would wait for each other; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The engine would run more than 64 plugins; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The engine has shut down.</exception>
    public async ValueTask<ReloadReport> ReloadAsync(FastEnrichOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.CheckStore ??= _options.CheckStore;
        EngineOptionsValidator.ThrowIfInvalid(options);
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var plan = PlanOf(options);
            try
            {
                Prepare(plan, options.Engine);
                BeginUpdates(plan);
                await Task.WhenAll(plan.Replacements.Select(replacement => ConnectAsync(replacement, plan, cancellationToken))).ConfigureAwait(false);
                plan.Table = new PluginTable([.. plan.Staying, .. plan.Fresh]);
            }
            catch
            {
                EndUpdates(plan);
                await Task.WhenAll(plan.Made.Select(DiscardAsync)).ConfigureAwait(false);
                throw;
            }

            return await ApplyAsync(plan, options).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    private ReloadPlan PlanOf(FastEnrichOptions options)
    {
        var declared = DeclaredOf(options);
        foreach (var descriptor in options.Catalog.Values.Where(descriptor => !DeclaredPlugins.IsDeclared(descriptor) && _options.FindPlugin(descriptor.Name) is null))
        {
            _options.AddPlugin(descriptor);
        }

        var plan = new ReloadPlan(_engine.Plugins, Configured(options)) { Declared = declared };
        foreach (var name in _configured.Keys.Union(plan.Configured.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (_configured.GetValueOrDefault(name), plan.Configured.GetValueOrDefault(name));
            var (wasOn, isOn) = (before is { Enabled: true }, after is { Enabled: true });
            var running = _engine.Plugins.Find(name);
            var goesOn = wasOn && isOn && (running is null || plan.Describe(running.Descriptor).InstanceOf == running.Descriptor.InstanceOf);
            var difference = goesOn
                ? PluginSettingsComparison.Compare(before!, _options.Engine, after!, options.Engine)
                : SettingsDifference.NewInstance;
            switch (running)
            {
                case null when isOn && !wasOn:
                    plan.Start(name, after!);
                    break;
                case not null when isOn && difference == SettingsDifference.NewInstance:
                    plan.Replace(running, after!);
                    break;
                case not null when isOn && difference == SettingsDifference.InPlace:
                    plan.Adjust(running, after!);
                    break;
                case not null when !isOn && (wasOn || IsGone(running.Descriptor, declared)):
                    plan.Stop(running);
                    break;
            }
        }

        // What code has started has no section; the engine's times are its times too.
        foreach (var running in _engine.Plugins.Order.Where(plugin => !plan.Configured.ContainsKey(plugin.Name) && !_configured.ContainsKey(plugin.Name)))
        {
            plan.Adjust(running, running.Settings);
        }

        return plan;
    }

    /// <summary>Makes the instances: what refuses its options here refuses the whole change.</summary>
    private void Prepare(ReloadPlan plan, EngineOptions engine)
    {
        foreach (var replacement in plan.Replacements)
        {
            replacement.Fresh = plan.Keep(Make(plan.Describe(replacement.Old.Descriptor), replacement.Settings, replacement.Old.Ordinal, engine));
        }

        var taken = plan.Staying.Concat(plan.Replacements.Select(static replacement => replacement.Old)).Aggregate(0UL, static (mask, plugin) => mask | (1UL << plugin.Ordinal));
        foreach (var (name, settings) in plan.Starts)
        {
            var ordinal = FreeOrdinal(taken);
            taken |= 1UL << ordinal;
            plan.Fresh.Add(plan.Keep(Make(plan.Declared.GetValueOrDefault(name) ?? _options.FindPlugin(name)!, settings, ordinal, engine)));
        }
    }

    private async Task ConnectAsync(ReloadReplacement replacement, ReloadPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectOnceAsync(replacement.Fresh!, cancellationToken).ConfigureAwait(false);
            plan.Succeed(replacement);
        }
        catch (PluginException exception)
        {
            plan.Fail(replacement, exception.Code);
        }
    }

    private async Task<ReloadReport> ApplyAsync(ReloadPlan plan, FastEnrichOptions options)
    {
        var (live, restart) = EngineChanges.Between(_options.Engine, options.Engine);
        EngineChanges.Apply(_options.Engine, options.Engine);
        var adjusted = plan.Adjustments.Where(change => change.Plugin.Adjust(_options.Engine, change.Settings)).Select(static change => change.Plugin.Name).ToList();
        adjusted = [.. adjusted.Union(TakeLogLevels(plan), StringComparer.Ordinal)];
        foreach (var replacement in plan.Succeeded)
        {
            replacement.Fresh!.Connect();
            replacement.Fresh.Lane.Open();
        }

        _engine.Plugins = plan.Table!;
        AdjustHealth(live);
        TakeDeclared(plan);
        EndUpdates(plan);
        foreach (var (name, settings) in plan.Fresh.Select(static plugin => (plugin.Name, plugin.Settings)))
        {
            _kept[name] = settings;
        }

        _configured = plan.Accepted(_configured);
        if (_started != 0)
        {
            foreach (var plugin in plan.Fresh.Where(static plugin => !plugin.Connected))
            {
                _ = KeepConnectingAsync(plugin, plugin.Lane);
            }
        }

        var report = plan.Report(adjusted, live, restart);
        Log.Reloaded(_logger, report);
        await Task.WhenAll(plan.Retired.Select(RetireAsync)).ConfigureAwait(false);
        return report;
    }
}
