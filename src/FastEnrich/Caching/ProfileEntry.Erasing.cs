namespace FastEnrich.Caching;

/// <content>Users that are forgotten, and values that are none.</content>
internal sealed partial class ProfileEntry
{
    /// <summary>Gets whether a record of the second tier could not be decoded: later ones are decoded when they are read.</summary>
    public bool DecodesAtOnce { get; private set; }

    /// <summary>
    /// Erases the user: values, snapshot and identities are gone, fetches lose their slots, and their waiters get what is left, which is nothing. So do
    /// those who fetch apart.
    /// </summary>
    public ProfileWait? Forget(long now)
    {
        List<ProfileEntry>? apart;
        ProfileWait? done;
        lock (this)
        {
            Removed = true;
            Array.Clear(_slots);
            _claimed = 0;
            Identities = UserIdentities.None;
            _eraseToken = null;
            Invalidate();
            Recount();
            apart = _apart;
            done = _waits;
            _waits = null;
            for (var wait = done; wait is not null; wait = wait.NextDone)
            {
                wait.NextDone = wait.Next;
                wait.Unlinked();
                wait.Pending = 0;
                wait.Result = Build(wait, now, shared: false);
            }

            _apart = null;
        }

        foreach (var entry in apart ?? [])
        {
            for (var wait = entry.Forget(now); wait is not null;)
            {
                var next = wait.NextDone;
                wait.NextDone = done;
                done = wait;
                wait = next;
            }
        }

        return done;
    }

    /// <summary>
    /// The second tier has erased the user, after this entry was made: whether anything came out of the tier before that. If not, what is being read now is
    /// read once more.
    /// </summary>
    public bool IsFromBeforeErasure(Coherence coherence, long now)
    {
        lock (this)
        {
            if (Array.Exists(_slots, static state => state is Fetch { Stored: not null } || state?.Held?.Answer is { Origin: ResultOrigin.L2 }))
            {
                return true;
            }

            foreach (var state in _slots)
            {
                if (state is Fetch { Phase: not FetchPhase.Submitted } reading)
                {
                    reading.Stamp = coherence.Doubt(reading.Stamp, now);
                }
            }

            return false;
        }
    }

    /// <summary>Takes a value out of use that has turned out not to be one.</summary>
    public void Drop(int ordinal, SlotValue damaged)
    {
        lock (this)
        {
            DecodesAtOnce = true;
            if (ordinal < _slots.Length && ReferenceEquals(_slots[ordinal]?.Held?.Answer, damaged))
            {
                DropHeld(ordinal);
            }

            Invalidate();
            Recount();
        }
    }
}
