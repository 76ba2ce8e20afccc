using System.Net;
using FastEnrich.Caching;
using FastEnrich.Redis.Telemetry;

namespace FastEnrich.Redis.Invalidation;

/// <content>One loop that joins the others, hands on what they say, and notices when it may have missed something.</content>
internal sealed partial class InvalidationBus
{
    private const int TicksToHeartbeat = 2; // silent for a second: one heartbeat of whoever notices first serves all instances
    private const int TicksToGap = 6;       // silent for three, heartbeats included: the connection is open in name only

    // The client takes the nodes in turn but for replicas, and while it opens its first connections it subscribes by itself as well.
    private const int MaxMoves = 8;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    private readonly Inbox _inbox = new();
    private volatile string? _gap;
    private volatile EndPoint? _source; // the node that was heard when this instance joined
    private int _losses; // of connections to other nodes
    private int _answered; // how many of them the listener has been told of
    private bool _isAside; // told of one, and not yet that what is held was looked after
    private int _ticked;
    private int _heard; // since the last tick
    private long _heartbeats;
    private TaskCompletionSource<long>? _ownHeard;

    private void OnLost(EndPoint? node)
    {
        if (node is null || _source is not { } source || node.Equals(source) || !source.Equals(_commands.Source))
        {
            Gap("the connection was lost");
            return;
        }

        Interlocked.Increment(ref _losses);
        _inbox.Signal();
    }

    private void OnRestored()
    {
        _inbox.Signal();
        _recovery.Wake();
    }

    private void Gap(string reason)
    {
        _gap ??= reason;
        _inbox.Signal();
    }

    /// <summary>Called by the connection's reader, one message after the other: nothing here waits or decrypts.</summary>
    private void Receive(ReadOnlyMemory<byte> bytes)
    {
        if (!BusMessage.TryParse(bytes, out var message))
        {
            return;
        }

        Volatile.Write(ref _heard, 1);
        if (message.Kind == MessageKind.Heartbeat || message.Sender == _instance)
        {
            if (message.Sender == _instance && message.Number == Volatile.Read(ref _heartbeats))
            {
                Volatile.Read(ref _ownHeard)?.TrySetResult(message.Number);
            }
        }
        else
        {
            PutInLine(message);
        }
    }

    private void PutInLine(in BusMessage message)
    {
        if (!_inbox.TryPut(message))
        {
            Gap("more messages came than could be handed on");
        }
    }

    private async Task RunAsync()
    {
        await using var ticks = _timeProvider.CreateTimer(_ => Tick(), null, s_tick, s_tick).ConfigureAwait(false);
        Listener.Disconnected();
        while (!_stopping.IsCancellationRequested)
        {
            if (await TryJoinAsync().ConfigureAwait(false))
            {
                Log.MessagesArrive(_logger);
                Listener.Connected();
                _recovery.Wake();
                await ListenAsync().ConfigureAwait(false);
                Leave();
            }
            else
            {
                await SignalAsync().ConfigureAwait(false); // the next tick at the latest
            }
        }
    }

    private IProfileStoreListener Listener => _listener!;

    private void Tick()
    {
        Interlocked.Exchange(ref _ticked, 1);
        _inbox.Signal();
    }

    /// <summary>Subscribes, hears itself, and reads the generations, in this order: so that whatever changes after the read is heard.</summary>
    private async Task<bool> TryJoinAsync()
    {
        _gap = null;
        _source = null;
        if (!_commands.IsConnected)
        {
            return false;
        }

        try
        {
            for (var moves = 0; moves == 0 || (moves < MaxMoves && _gap is null && (_commands.IsAtGenerations || !Equals(_source, _commands.Source))); moves++)
            {
                await Patiently(_commands.SubscribeAsync(Receive)).ConfigureAwait(false);
                await HearOwnAsync().ConfigureAwait(false);
                _answered = Volatile.Read(ref _losses);
                _source = _commands.Source; // from here on a loss is told apart; one of before that is told late is answered like any other
                TellDropped(await ReadGenerationsAsync().ConfigureAwait(false)); // what they held may else be confirmed by a record of after the drop
            }

            return _gap is null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private void TellDropped(IReadOnlyList<string> plugins)
    {
        foreach (var plugin in plugins)
        {
            Listener.Dropped(plugin);
        }
    }

    private async Task HearOwnAsync()
    {
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _ownHeard, heard);
        await Patiently(_commands.PublishAsync(NextHeartbeat())).ConfigureAwait(false);
        await Patiently(heard.Task).ConfigureAwait(false);
    }

    private byte[] NextHeartbeat() => new BusMessage(MessageKind.Heartbeat, _instance, Interlocked.Increment(ref _heartbeats), default, []).Encode();

    private async Task ListenAsync()
    {
        var silent = 0;
        var isDue = false;
        (_rereading, _isConfirmed, _sinceRead) = (null, true, 0);
        while (_gap is null && !_stopping.IsCancellationRequested)
        {
            await SignalAsync().ConfigureAwait(false);
            isDue |= HandOn() | StandAside();
            if (Interlocked.Exchange(ref _ticked, 0) != 0)
            {
                silent = Interlocked.Exchange(ref _heard, 0) != 0 ? 0 : silent + 1;
                isDue |= IsRereadDue();
                CheckSilence(silent);
                CheckSource();
            }

            isDue = _gap is null && Reread(isDue);
        }
    }

    /// <summary>What a lost node had taken and not passed on may be lost with it; what this one hears goes on.</summary>
    private bool StandAside()
    {
        var losses = Volatile.Read(ref _losses);
        if (losses == _answered)
        {
            return false;
        }

        _answered = losses;
        if (!_isAside)
        {
            _isAside = true;
            Log.MessagesMissed(_logger, "the connection to another node was lost");
            Listener.Disconnected();
        }

        return true;
    }

    /// <returns>Whether a generation is in doubt.</returns>
    private bool HandOn()
    {
        var doubt = false;
        while (_gap is null && _inbox.TryTake(out var message))
        {
            if (message.Kind == MessageKind.Dropped)
            {
                _generations.Doubt(message.Plugins[0]);
                doubt = true;
                Listener.Dropped(message.Plugins[0]);
            }
            else if (_keys.Resolve(message.User.Span) is { } userId)
            {
                HandOn(message, userId);
            }
        }

        return doubt;
    }

    private void HandOn(in BusMessage message, string userId)
    {
        if (message.Kind == MessageKind.Erased)
        {
            Listener.Erased(userId);
        }
        else
        {
            Listener.Changed(userId, message.Plugins);
        }
    }

    private void CheckSilence(int silent)
    {
        if (silent >= TicksToGap)
        {
            Gap("nothing was heard for three seconds");
        }
        else if (silent >= TicksToHeartbeat)
        {
            _ = TryPublishHeartbeatAsync();
        }
    }

    private async Task TryPublishHeartbeatAsync()
    {
        try
        {
            await Patiently(_commands.PublishAsync(NextHeartbeat())).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The silence goes on and is counted.
        }
    }

    /// <summary>The client has moved on by itself, and what came in between was not heard.</summary>
    private void CheckSource()
    {
        if (!Equals(_source, _commands.Source))
        {
            Gap("messages come from another node");
        }
    }

    private void Leave()
    {
        _source = null;
        _generations.Forget();
        _inbox.Clear();
        if (!_stopping.IsCancellationRequested)
        {
            Log.MessagesMissed(_logger, _gap ?? "");
            if (!_isAside)
            {
                Listener.Disconnected();
            }
        }

        _isAside = false;
    }

    private async ValueTask SignalAsync()
    {
        try
        {
            await _inbox.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loops see it.
        }
    }
}
