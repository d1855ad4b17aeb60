using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>Takes the weights of a file one after the other, and counts those that are missing.</summary>
internal sealed class WeightReader
{
    private readonly Entry _entry;
    private readonly float[] _values;
    private readonly bool _isDamaged;
    private long _needed;

    public WeightReader(Entry entry)
    {
        _entry = entry;
        var tensor = entry.Value.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : Tensor.Read(entry);
        if (tensor is { Rank: not 1 })
            entry.Problems.Damaged(entry.Where, tensor.ToString(), "one list of numbers is expected here");
        _isDamaged = tensor is not { Rank: 1 };
        _values = _isDamaged ? [] : tensor!.Values;
    }

    /// <summary>The next numbers; none at all if there are too few.</summary>
    public float[] Take(long count)
    {
        var begin = _needed;
        _needed += count;
        return _needed <= _values.Length ? _values[(int)begin..(int)_needed] : [];
    }

    /// <summary>The next number; 0 if there is none.</summary>
    public float TakeOne() => Take(1) is [var value] ? value : 0;

    /// <summary>The next numbers, of which the first are used.</summary>
    public float[] Take(DraftSize size) => Take(size.All) is { Length: > 0 } all ? all[..size.Used] : [];

    /// <summary>The weight of a convolution or of a dense layer, [outputs, inputs / groups, taps], of which the first outputs and inputs are used.</summary>
    public float[] Take(DraftSize outputs, DraftSize inputs, int groups, int taps)
    {
        var all = Take((long)outputs.All * (inputs.All / groups) * taps);
        if (all.Length == 0 || !(outputs.IsSmaller || inputs.IsSmaller))
            return all;
        var used = new List<float>(outputs.Used * inputs.Used * taps);
        for (var output = 0; output < outputs.Used; output++)
            used.AddRange(all.AsSpan(output * inputs.All * taps, inputs.Used * taps));
        return [.. used];
    }

    /// <summary>Says whether there were too few, or too many.</summary>
    public void Finish()
    {
        if (_isDamaged || _needed == _values.Length)
            return;
        _entry.Problems.Damaged(_entry.Where, string.Create(CultureInfo.InvariantCulture, $"{_values.Length:N0} weights"), string.Create(CultureInfo.InvariantCulture, $"the layers that \"config\" describes have {_needed:N0}"));
    }
}
