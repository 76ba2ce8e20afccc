using FastEnrich.Redis.Records;
using StackExchange.Redis;

namespace FastEnrich.Redis.Writing;

/// <summary>The one way in which records get into Redis: in one step, and only what may.</summary>
internal static class WriteScript
{
    /// <summary>Answer: the user was erased since the flight read; nothing was written.</summary>
    public const string Refused = "-";

    /// <summary>Answer, per record: Redis holds this one or a newer one.</summary>
    public const char Kept = '0';

    /// <summary>Answer, per record: written where there was none.</summary>
    public const char Added = '1';

    /// <summary>Answer, per record: written over an older one, or over another of the same tick of the clock.</summary>
    public const char Replaced = '2';

    /// <summary>Clocks of instances may differ by this much; a record from further ahead does not keep newer ones out.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(1);

    // KEYS: the user. ARGV: erase token, life of the key in ms, limit of fetch times, then name and record of each plugin.
    public const string Text =
        """
        if (redis.call('HGET', KEYS[1], '!') or '') ~= ARGV[1] then
          return '-'
        end
        -- Fetch times are bytes 5 to 12 of a record. As text they would compare by locale, as numbers they have more than Lua's 53 bits.
        local function later(a, b)
          for i = 5, 12 do
            local x, y = string.byte(a, i), string.byte(b, i)
            if x ~= y then
              return x > y
            end
          end
          return false
        end
        local names, values, answer = {}, {}, {}
        for i = 4, #ARGV, 2 do
          names[#names + 1] = ARGV[i]
        end
        local held = redis.call('HMGET', KEYS[1], unpack(names))
        for i = 1, #names do
          local new, old = ARGV[3 + 2 * i], held[i]
          local replaces = old and #old >= 12 and string.sub(old, 1, 3) == string.sub(new, 1, 3)
          if replaces and (old == new or later(old, new)) and not later(old, ARGV[3]) then
            answer[i] = '0'
          else
            answer[i] = replaces and '2' or '1'
            values[#values + 1] = names[i]
            values[#values + 1] = new
          end
        end
        if #values > 0 then
          redis.call('HSET', KEYS[1], unpack(values))
          if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
          end
        end
        return table.concat(answer)
        """;

    /// <summary>The arguments for a user's records.</summary>
    public static RedisValue[] Arguments(string token, long now, long goneAt, IReadOnlyList<(string Plugin, byte[] Record)> records)
    {
        var arguments = new RedisValue[3 + (2 * records.Count)];
        arguments[0] = token;
        arguments[1] = Math.Max(1, (goneAt - now) / TimeSpan.TicksPerMillisecond);
        var limit = new byte[RecordHeader.Size];
        new RecordHeader(RecordFlags.None, now + MaxClockSkew.Ticks, 0, 0, 0).Write(limit);
        arguments[2] = limit.AsMemory(0, 12);
        for (var i = 0; i < records.Count; i++)
        {
            arguments[3 + (2 * i)] = records[i].Plugin;
            arguments[4 + (2 * i)] = records[i].Record;
        }

        return arguments;
    }
}
