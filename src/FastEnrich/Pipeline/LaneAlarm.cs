namespace FastEnrich.Pipeline;

/// <summary>Wakes a lane for the end of its batch window or its next rate token, more finely than the clock's tick. Set under the lane's lock.</summary>
internal sealed class LaneAlarm(Lane lane) : DeadlineNode
{
    private long _due = long.MaxValue;

    public void Set(long mono)
    {
        if (mono >= _due)
        {
            return;
        }

        lane.Clock.Remove(this);
        _due = Due = mono;
        lane.Clock.Add(this);
    }

    /// <summary>Makes the alarm settable again; under the lane's lock.</summary>
    public void Clear() => _due = long.MaxValue;

    public override void Expire(int version) => lane.Ring();
}
