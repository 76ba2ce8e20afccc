using System.Threading.Channels;
using FastEnrich.Caching;

namespace FastEnrich.Pipeline;

/// <content>The waiting rooms. Everything here runs under the lane's lock, but for what launches and refuses.</content>
internal sealed partial class Lane
{
    /// <summary>Bulk work takes at most half of the permits.</summary>
    private bool BulkMayFly => _bulkRunning < Math.Max(1, _flights.Length / 2);

    // TryWrite and TryRead only: workers that wait on a channel wake each other for every item.
    private static Channel<Fetch> WaitingRoom(int capacity) =>
        Channel.CreateBounded<Fetch>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });

    private static void Fly(Flight? launch)
    {
        while (launch is not null)
        {
            var next = launch.Next;
            launch.Next = null;
            launch.Launch();
            launch = next;
        }
    }

    private void Refuse(Fetch fetch, SlotFailure? refusal)
    {
        if (refusal is not null)
        {
            Sink.Conclude(fetch, new(default, refusal));
        }
    }

    private void RefuseAll(Fetch? first, SlotFailure refusal)
    {
        while (first is not null)
        {
            var next = first.Next;
            first.Next = null;
            Refuse(first, refusal);
            first = next;
        }
    }

    private SlotFailure? Enter(Fetch fetch, long now, out Flight? direct)
    {
        direct = null;
        if (_refusal is not null)
        {
            return _refusal;
        }

        if (_refusesWhileHung && AllHang)
        {
            return SlotFailure.Hung;
        }

        if (!_breaker.TryEnter(now))
        {
            return SlotFailure.BreakerOpen;
        }

        // Nobody waits and a flight is free: no detour through the waiting room.
        if (_free is { } free && _open && _waiting == 0 && _seats == 1 && _rate is null && !fetch.Bulk)
        {
            _free = free.Next;
            free.Epoch = _breaker.Epoch;
            free.IsBulk = false;
            free.Board(fetch);
            free.Next = null;
            _running++;
            direct = free;
            return null;
        }

        if (fetch.Bulk)
        {
            if (!_bulkQueue.Writer.TryWrite(fetch))
            {
                return SlotFailure.QueueFull;
            }

            _bulkWaiting++;
        }
        else
        {
            if (!_queue.Writer.TryWrite(fetch))
            {
                return SlotFailure.QueueFull;
            }

            fetch.QueueDue = fetch.QueueDue == 0 ? now + Plugin.Policy.FetchTimeout : fetch.QueueDue; // one that moved here has waited before
            _waiting++;
            Clock.Require(fetch.QueueDue);
        }

        if (_batchWindow > 0 && _batchDue == 0)
        {
            _batchDue = now + _batchWindow;
        }

        return null;
    }

    /// <summary>Boards what waits onto free flights; returns them linked, to be launched outside of the lock.</summary>
    private Flight? Pump(long now)
    {
        Flight? launch = null;
        while (_open && _free is not null && IsBoarding(now))
        {
            if (_rate is not null && !_rate.TryTake(now))
            {
                _alarm.Set(_rate.NextAt(now));
                break;
            }

            var flight = _free;
            _free = flight.Next;
            Board(flight);
            _running++;
            flight.Next = launch;
            launch = flight;
        }

        if (_waiting + _bulkWaiting == 0)
        {
            _batchDue = 0;
        }

        return launch;
    }

    private bool IsBoarding(long now)
    {
        var boardable = _waiting + (BulkMayFly ? _bulkWaiting : 0);
        if (boardable == 0)
        {
            return false;
        }

        if (boardable < _seats && _batchDue > now)
        {
            _alarm.Set(_batchDue);
            return false;
        }

        return true;
    }

    private void Board(Flight flight)
    {
        flight.Epoch = _breaker.Epoch;
        flight.IsBulk = _waiting == 0;
        var seats = _seats;
        while (seats > 0 && _queue.Reader.TryRead(out var fetch))
        {
            _waiting--;
            seats--;
            flight.Board(fetch);
        }

        var bulkMayFly = BulkMayFly || !flight.IsBulk;
        while (seats > 0 && bulkMayFly && _bulkQueue.Reader.TryRead(out var fetch))
        {
            _bulkWaiting--;
            seats--;
            flight.Board(fetch);
        }

        _bulkRunning += flight.IsBulk ? 1 : 0;
    }

    /// <summary>Empties the rooms; what waited comes back linked, in the order of its coming.</summary>
    private Fetch? Drain()
    {
        Fetch? first = null;
        Fetch? last = null;
        while (_queue.Reader.TryRead(out var fetch) || _bulkQueue.Reader.TryRead(out fetch))
        {
            if (last is null)
            {
                first = fetch;
            }
            else
            {
                last.Next = fetch;
            }

            last = fetch;
        }

        _waiting = _bulkWaiting = 0;
        _batchDue = 0;
        return first;
    }

    private Fetch? ExpireWaiting(long mono)
    {
        Fetch? late = null;
        while (_queue.Reader.TryPeek(out var fetch) && fetch.QueueDue <= mono)
        {
            _queue.Reader.TryRead(out _);
            _waiting--;
            fetch.Next = late;
            late = fetch;
        }

        return late;
    }
}
