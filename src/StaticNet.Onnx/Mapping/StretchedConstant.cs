using StaticNet.Onnx.Folding;

namespace StaticNet.Onnx.Mapping;

/// <summary>A constant under the shape of what it is joined with. It is only stretched in memory where it cannot be a list of numbers.</summary>
internal sealed class StretchedConstant
{
    private readonly Tensor _constant;

    private readonly int[] _shape;

    /// <summary>The numbers that one run along the varying axes has, and how many elements come before and after each of them.</summary>
    private readonly int _before;

    private readonly int _run;

    private readonly int _after;

    public StretchedConstant(Tensor constant, int[] shape)
    {
        (_constant, _shape) = (constant, shape);
        int[] own = [.. Enumerable.Repeat(1, shape.Length - constant.Shape.Length), .. constant.Shape];
        int[] varying = [.. Enumerable.Range(0, shape.Length).Where(axis => own[axis] > 1)];
        if (varying.Length == 0)
        {
            (_before, _run, _after) = (1, 1, Indexing.Length(shape));
            return;
        }

        var (first, last) = (varying[0], varying[^1] + 1);
        // Stretched in the middle, it is no list.
        _run = Indexing.Length(shape[first..last]) == constant.Length ? constant.Length : 0;
        (_before, _after) = (Indexing.Length(shape[..first]), Indexing.Length(shape[last..]));
    }

    /// <summary>A number for each index of the first of some axes, if the numbers depend on nothing else.</summary>
    public float[]? ByFirstAxis(int count)
    {
        if (_run == 0 || _before != 1 || count < _run || count % _run != 0)
            return _run > 0 && _before == 1 && _run > count && _run % count == 0 ? Shortened(count) : null;
        return Each(count / _run);
    }

    /// <summary>A number for each index of the last axis, if the numbers depend on nothing else.</summary>
    public float[]? ByLastAxis(int count)
    {
        if (_run == 0 || (_run * _after != count && count % (_run * _after) != 0))
            return null;
        var row = Each(_after);
        return row.Length == count ? row : [.. Enumerable.Repeat(row, count / row.Length).SelectMany(numbers => numbers)];
    }

    /// <summary>All numbers.</summary>
    public float[] All(FoldingBudget budget)
    {
        budget.Spend(Indexing.Length(_shape));
        var values = _constant.AsFloats();
        return [.. Indexing.BroadcastPlaces(_constant.Shape, _shape).Select(place => values[place])];
    }

    /// <summary>Each number several times.</summary>
    private float[] Each(int times) => times == 1 ? _constant.AsFloats() : [.. _constant.AsFloats().SelectMany(number => Enumerable.Repeat(number, times))];

    /// <summary>The numbers of a longer list, if those that become one are equal.</summary>
    private float[]? Shortened(int count)
    {
        var (values, times) = (_constant.AsFloats(), _run / count);
        return values.Select((value, index) => value.Equals(values[index / times * times])).All(isSame => isSame) ? [.. Enumerable.Range(0, count).Select(index => values[index * times])] : null;
    }
}
