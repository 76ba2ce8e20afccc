namespace FastEnrich.Caching;

/// <summary>Hears from the second tier what other instances do. Its own instance's changes are not reported.</summary>
internal interface IProfileStoreListener
{
    /// <summary>Another instance replaced records of a user: what is held of these plugins is looked up again before it is served.</summary>
    void Changed(string userId, IReadOnlyList<string> plugins);

    /// <summary>Another instance erased a user: everything held is gone now, and what is in flight may not come back.</summary>
    void Erased(string userId);

    /// <summary>All that is held of one plugin is gone now.</summary>
    void Dropped(string plugin);

    /// <summary>From now on messages may be missed. What was held before is served for at most <c>disconnected_serving</c>.</summary>
    void Disconnected();

    /// <summary>Messages arrive again; some may have been missed, so all that was confirmed before is looked up again before it is served.</summary>
    void Connected();
}
