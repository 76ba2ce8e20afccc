using System.Text;
using FastEnrich.Redis.Keys;
using StackExchange.Redis;

namespace FastEnrich.Redis.Reading;

/// <summary>The fields of one HMGET: some plugins', then the erase token's. Most requests ask for the same ones, so the last set is kept.</summary>
internal sealed class FieldSet
{
    private readonly string[] _plugins;

    public FieldSet(IReadOnlyList<string> plugins)
    {
        _plugins = [.. plugins];
        Fields = new RedisValue[_plugins.Length + 1];
        for (var i = 0; i < _plugins.Length; i++)
        {
            Fields[i] = Encoding.UTF8.GetBytes(_plugins[i]); // encoded once, not at every read
        }

        Fields[^1] = ProfileKeys.TokenField;
    }

    public RedisValue[] Fields { get; }

    public bool IsOf(IReadOnlyList<string> plugins)
    {
        if (plugins.Count != _plugins.Length)
        {
            return false;
        }

        for (var i = 0; i < _plugins.Length; i++)
        {
            if (!string.Equals(plugins[i], _plugins[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
