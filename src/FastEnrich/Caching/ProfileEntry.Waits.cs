using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <content>The callers that wait.</content>
internal sealed partial class ProfileEntry
{
    /// <summary>Ends one caller's wait before its slots have settled, with what is there when it is to be answered. False when it ended otherwise.</summary>
    public bool TryLeave(ProfileWait wait, int version, long now, bool answer)
    {
        lock (this)
        {
            if (wait.Version != version || !wait.IsLinked)
            {
                return false;
            }

            Unlink(wait);
            wait.Result = answer ? Build(wait, now, shared: false) : null;
            return true;
        }
    }

    private ProfileWait? Release(ulong settled, PluginTable table, long now, bool onlyCacheOnly, bool vouched, bool fetched)
    {
        ProfileWait? done = null;
        for (var wait = _waits; wait is not null;)
        {
            var next = wait.Next;
            if ((wait.Pending & settled) is var slots and not 0 && (wait.CacheOnly || !onlyCacheOnly))
            {
                wait.Pending &= ~slots;
                wait.Vouched |= vouched ? slots : 0;
                wait.Fetched |= fetched ? slots : 0;
                if (!ReferenceEquals(wait.Table, table) && table.Replaces(wait.Table, wait.Asked))
                {
                    wait.Table = table; // the plugin was reloaded meanwhile, and its later instance has answered
                }

                if (wait.Pending == 0)
                {
                    Unlink(wait);
                    wait.Result = Build(wait, now, shared: !wait.Demanding && !wait.CacheOnly);
                    wait.NextDone = done;
                    done = wait;
                }
            }

            wait = next;
        }

        return done;
    }

    private bool AnyPends(ulong plugins)
    {
        for (var wait = _waits; wait is not null; wait = wait.Next)
        {
            if ((wait.Pending & plugins) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyWaitsFor(ulong plugins)
    {
        for (var wait = _waits; wait is not null; wait = wait.Next)
        {
            if ((wait.Asked & plugins) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Link(ProfileWait wait)
    {
        wait.IsLinked = true;
        wait.Previous = null;
        wait.Next = _waits;
        if (_waits is not null)
        {
            _waits.Previous = wait;
        }

        _waits = wait;
    }

    private void Unlink(ProfileWait wait)
    {
        if (wait.Previous is null)
        {
            _waits = wait.Next;
        }
        else
        {
            wait.Previous.Next = wait.Next;
        }

        if (wait.Next is not null)
        {
            wait.Next.Previous = wait.Previous;
        }

        wait.Unlinked();
    }
}
