using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <content>Layers without parameters that move, repeat, drop or average elements.</content>
internal sealed partial class GraphBuilder
{
    private int? BuildShaping(LayerAttribute layer, string name, int source)
    {
        var shape = Nodes[source].Shape;
        switch (layer)
        {
            case GaussianNoiseAttribute:
                // Networks are compared with what is random switched off.
                return source;
            case SpatialDropoutAttribute dropout:
                return Append(new SpatialDropoutNode(name, source, shape, dropout.Rate));
            case ZeroPadding1DAttribute pad:
                Spatial(name, source, 2);
                return Append(new PaddingNode(
                    name, source, shape, 0, 0, Side(pad.PaddingLeft, pad.Padding), Side(pad.PaddingRight, pad.Padding)));
            case ZeroPadding2DAttribute pad:
                Spatial(name, source, 3);
                return Append(new PaddingNode(
                    name,
                    source,
                    shape,
                    Side(pad.PaddingTop, pad.Padding),
                    Side(pad.PaddingBottom, pad.Padding),
                    Side(pad.PaddingLeft, pad.Padding),
                    Side(pad.PaddingRight, pad.Padding)));
            case Cropping1DAttribute crop:
                Spatial(name, source, 2);
                return Append(new PaddingNode(
                    name, source, shape, 0, 0, -Side(crop.CroppingLeft, crop.Cropping), -Side(crop.CroppingRight, crop.Cropping)));
            case Cropping2DAttribute crop:
                Spatial(name, source, 3);
                return Append(new PaddingNode(
                    name,
                    source,
                    shape,
                    -Side(crop.CroppingTop, crop.Cropping),
                    -Side(crop.CroppingBottom, crop.Cropping),
                    -Side(crop.CroppingLeft, crop.Cropping),
                    -Side(crop.CroppingRight, crop.Cropping)));
            case Upsampling1DAttribute up:
                Spatial(name, source, 2);
                return Append(new UpsamplingNode(name, source, shape, 1, up.Scale, Interpolates(up), up.AlignCorners));
            case Upsampling2DAttribute up:
                Spatial(name, source, 3);
                var (height, width) = (Size(up.ScaleHeight, up.Scale), Size(up.ScaleWidth, up.Scale));
                return Append(new UpsamplingNode(name, source, shape, height, width, Interpolates(up), up.AlignCorners));
            case PermuteAttribute permute:
                var order = Axes(permute.Axes, shape.Length);
                if (!order.Order().SequenceEqual(Enumerable.Range(0, shape.Length)))
                    throw new ArgumentException($"{name} does not name each of {shape.Length} axes once.");
                return Append(new PermuteNode(name, source, shape, order));
            case SliceAttribute slice:
                var axis = Axis(slice.Axis, shape.Length);
                if (slice.Start < 0 || slice.Length < 1 || slice.Start + slice.Length > shape[axis])
                    throw new ArgumentException($"{name} is no part of {shape[axis]} elements.");
                return Append(new SliceNode(name, source, shape, axis, slice.Start, slice.Length));
            case PadAttribute pad:
                var padded = Axis(pad.Axis, shape.Length);
                if (pad.Before is < 0 or > 1 << 16 || pad.After is < 0 or > 1 << 16)
                    throw new ArgumentException($"{name} has {pad.Before} and {pad.After} zeros.");
                return Append(new PadNode(name, source, shape, padded, pad.Before, pad.After));
            case MeanAttribute mean:
                var axes = mean.Axes.Length == 0 ? [.. Enumerable.Range(0, shape.Length)] : Axes(mean.Axes, shape.Length);
                return Append(new MeanNode(name, source, shape, axes));
            default:
                return null;
        }
    }

    private static bool Interpolates(UpsamplingAttribute up) => up.Mode == Interpolation.Bilinear;
}
