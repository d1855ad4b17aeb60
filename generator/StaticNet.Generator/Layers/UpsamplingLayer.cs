using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>One or two axes after the channel become whole factors as long.</summary>
internal sealed record UpsamplingLayer(EquatableArray<int> Scales, Interpolation Mode, bool AlignCorners) : Layer
{
    public override string Kind => "upsampling";

    public override string Title =>
        $"{Attribute} {Invariant.Shape(Scales.Distinct().Count() == 1 ? Scales.Take(1) : Scales)}{(Mode == Interpolation.Nearest ? "" : Scales.Count == 1 ? ", linear" : ", bilinear")}" +
        (Mode != Interpolation.Nearest && AlignCorners ? ", corners aligned" : "");

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        foreach (var scale in Scales)
        {
            if (scale is < 1 or > Limits.LargestValue)
                return errors.Argument("scale", $"1 to {Limits.LargestValue}", Invariant.Text(scale));
        }

        if (input.Rank != Scales.Count + 1)
            return errors.Shapes($"{Attribute} takes {(Scales.Count == 1 ? "[channel, length]" : "[channel, height, width]")}, but its input is {input}");
        return TensorType.Of([input.Shape[0], .. Scales.Select((scale, axis) => (int)Math.Min((long)input.Shape[axis + 1] * scale, int.MaxValue))]);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Upsample(inputs[0], Scales.ToArray(), Mode == Interpolation.Bilinear, AlignCorners);

    private string Attribute => $"Upsampling{Scales.Count}D";
}
