using System.Buffers;

namespace FastEnrich;

/// <summary>
/// A profile's JSON but for the results by plugin, which are copied in from the bytes that the engine holds anyway. Made for profiles that are written
/// more than once: the merged view then is encoded once, and a write is a few copies.
/// </summary>
internal sealed class WireFrame
{
    private readonly ProfileSource _source;
    private readonly byte[] _json;
    private readonly WireCuts _cuts;
    private readonly int _fullLength;

    private WireFrame(ProfileSource source, byte[] json, WireCuts cuts)
    {
        _source = source;
        _json = json;
        _cuts = cuts;
        _fullLength = json.Length;
        for (var i = 0; i < source.Count; i++)
        {
            _fullLength = checked(_fullLength + source.JsonAt(i).Length - 1);
        }
    }

    public static WireFrame Create(EnrichedProfile profile, ProfileSource source)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        var cuts = new WireCuts(source.Count);
        var writer = ProfileJson.Rent(buffer);
        try
        {
            ProfileJson.WriteProfile(writer, profile, ProfileView.Full, cuts);
            writer.Flush();
        }
        finally
        {
            ProfileJson.Return(writer);
        }

        return new WireFrame(source, buffer.WrittenSpan.ToArray(), cuts);
    }

    public void Stitch(IBufferWriter<byte> output, ProfileView view)
    {
        var length = Length(view);
        CopyTo(output.GetSpan(length), view);
        output.Advance(length);
    }

    public byte[] ToArray(ProfileView view)
    {
        var result = GC.AllocateUninitializedArray<byte>(Length(view));
        CopyTo(result, view);
        return result;
    }

    private int Length(ProfileView view) => view == ProfileView.Full ? _fullLength : _json.Length - (_cuts.End - _cuts.Start);

    private void CopyTo(Span<byte> target, ProfileView view)
    {
        if (view != ProfileView.Full)
        {
            _json.AsSpan(0, _cuts.Start).CopyTo(target);
            _json.AsSpan(_cuts.End).CopyTo(target[_cuts.Start..]);
            return;
        }

        var from = 0;
        var to = 0;
        var values = _cuts.Values;
        for (var i = 0; i < values.Length; i++)
        {
            var piece = _json.AsSpan(from, values[i] - from);
            piece.CopyTo(target[to..]);
            to += piece.Length;
            var value = _source.JsonAt(i).Span;
            value.CopyTo(target[to..]);
            to += value.Length;
            from = values[i] + 1; // over the placeholder
        }

        _json.AsSpan(from).CopyTo(target[to..]);
    }
}
