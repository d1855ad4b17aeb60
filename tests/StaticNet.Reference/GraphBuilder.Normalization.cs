using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <content>Normalisation.</content>
internal sealed partial class GraphBuilder
{
    private int? BuildNormalization(LayerAttribute layer, GraphScope scope, string name, int source)
    {
        var shape = Nodes[source].Shape;
        var length = Nodes[source].Length;
        switch (layer)
        {
            case BatchNormAttribute norm:
                return BatchNorm(norm, scope.Trainable && norm.Trainable, name, source);
            case LayerNormAttribute norm:
                var axes = shape[Axis(norm.FirstAxis, shape.Length)..];
                var layerNorm = Normalized(name, source, Node.LengthOf(axes), centred: true, norm.Epsilon);
                return Affine(norm, scope, name, layerNorm, axes);
            case GroupNormAttribute norm:
                if (norm.Groups < 1 || shape[0] % norm.Groups != 0)
                    throw new ArgumentException($"{name}: {norm.Groups} groups do not divide {shape[0]} channels.");
                var groupNorm = Normalized(name, source, length / norm.Groups, centred: true, norm.Epsilon);
                return Affine(norm, scope, name, groupNorm, axes: null);
            case InstanceNormAttribute norm:
                var instanceNorm = Normalized(name, source, length / shape[0], centred: true, norm.Epsilon);
                return Affine(norm, scope, name, instanceNorm, axes: null);
            case RMSNormAttribute norm:
                var lastAxes = shape[Axis(norm.FirstAxis, shape.Length)..];
                var rms = Normalized(name, source, Node.LengthOf(lastAxes), centred: false, norm.Epsilon);
                if (!norm.Affine)
                    return rms;
                var gain = Gain(name, lastAxes, scope.Trainable && norm.Trainable);
                return Append(new AffineNode(name, rms, shape, gain, null, perChannel: false));
            case LocalResponseNormAttribute norm:
                return Append(new LocalResponseNode(name, source, shape, norm.Size, norm.Alpha, norm.Beta, norm.K));
            default:
                return null;
        }
    }

    private int BatchNorm(BatchNormAttribute norm, bool trainable, string name, int source)
    {
        var shape = Nodes[source].Shape;
        Parameter(name + BatchNormNode.Mean, [shape[0]], ParameterKind.Statistic, trainable: false, start: 0);
        Parameter(name + BatchNormNode.Variance, [shape[0]], ParameterKind.Statistic, trainable: false, start: 1);
        Parameter(name + BatchNormNode.Batches, [1], ParameterKind.Statistic, trainable: false, start: 0);
        var result = Append(new BatchNormNode(name, source, shape, norm.Epsilon, norm.Momentum, frozen: !trainable));
        if (norm.Affine)
            result = Affine(name, result, [shape[0]], trainable, perChannel: true);
        return Activate(name, result, norm.Activation, norm.ActivationAlpha, norm.SharedSlope, trainable);
    }

    private int Normalized(string name, int source, int run, bool centred, double epsilon) =>
        Append(new NormalizationNode(name, source, Nodes[source].Shape, run, centred, epsilon));

    // Without axes: one weight and one bias for each channel.
    private int Affine(NormalizationAttribute norm, GraphScope scope, string name, int source, int[]? axes) => norm.Affine
        ? Affine(name, source, axes ?? [Nodes[source].Shape[0]], scope.Trainable && norm.Trainable, perChannel: axes is null)
        : source;

    private int Affine(string name, int source, int[] parameterShape, bool trainable, bool perChannel)
    {
        var weight = Gain(name, parameterShape, trainable);
        var bias = Parameter(name + ".bias", parameterShape, ParameterKind.Bias, trainable, start: 0);
        return Append(new AffineNode(name, source, Nodes[source].Shape, weight, bias, perChannel));
    }

    private string Gain(string name, int[] shape, bool trainable) =>
        Parameter(name + ".weight", shape, ParameterKind.Gain, trainable, start: 1);
}
