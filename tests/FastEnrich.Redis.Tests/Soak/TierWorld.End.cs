namespace FastEnrich.Redis.Tests.Soak;

/// <content>How it ends: all is healed, and then everybody agrees.</content>
internal sealed partial class TierWorld
{
    private void End()
    {
        Log("the end begins");
        Server.RefusesWrites = false;
        while (Server.Limbo.Count > 0)
        {
            DoLate();
        }

        foreach (var instance in _instances)
        {
            instance.Wire.Restore();
        }

        Rest(TimeSpan.FromSeconds(45)); // the longest pause between two tries is half a minute
        Join(); // one that knows only what Redis has
        Rest(TimeSpan.FromSeconds(2));
        foreach (var instance in _instances)
        {
            if (!instance.IsConnected)
            {
                Problem($"{instance.Name} is not connected again");
            }
        }

        foreach (var forget in _forgets.Where(forget => forget.Done is null && _instances.Contains(forget.Instance)))
        {
            Problem($"the forget of {forget.Name} at {forget.Begun} was never done");
        }

        foreach (var instance in _instances)
        {
            for (var user = 0; user < Users; user++)
            {
                Read(instance, $"u{user}", default);
                Rest(TimeSpan.FromMilliseconds(1));
            }
        }

        Observe();
        if (_reads.Count > 0 || _streams.Exists(static stream => !stream.IsCompleted))
        {
            Problem("somebody still waits");
        }

        Observe();
    }

    /// <summary>Everything is answered and delivered for a while.</summary>
    private void Rest(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= s_tick)
        {
            Calm();
            Time.Advance(left < s_tick ? left : s_tick);
            foreach (var wire in Server.Wires)
            {
                wire.Expire();
            }
        }

        Calm();
        Observe();
    }

    private void Calm()
    {
        for (var again = true; again;)
        {
            Quiet.Wait();
            Move();
            lock (_calls)
            {
                _calls.RemoveAll(static call => call.Answer.Task.IsCompleted);
                again = _calls.Count > 0;
            }

            Answer(static _ => true, Found);
        }
    }
}
