using System.Numerics.Tensors;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>The sizes of gradients, weights and updates by layer, at some steps of a run.</summary>
internal sealed class GradientWatch
{
    private readonly ParameterInfo[] _weights;
    private readonly float[] _before;
    private bool _isWatching;

    public GradientWatch(Trainer trainer)
    {
        _weights = [.. trainer.Weights.Table.Parameters.Where(parameter => parameter is { Trainable: true, Kind: ParameterKind.Weight })];
        _before = new float[trainer.Weights.Table.TrainableLength];
        Layers = [.. _weights.Select(weight => new LayerGradients(weight.Layer, weight.Name))];
    }

    /// <summary>The layers with weights, in their order.</summary>
    public IReadOnlyList<LayerGradients> Layers { get; }

    /// <summary>The root of the mean square of each layer's gradients, and the weights as they are, before a step. Nothing is allocated
    /// but room for curves.</summary>
    public void BeginStep(TrainingContext context)
    {
        var values = context.Trainer.Weights.Trainable;
        values.CopyTo(_before);
        for (var index = 0; index < _weights.Length; index++)
        {
            var weight = _weights[index];
            var norm = TensorPrimitives.Norm<float>(context.Gradients.Slice(weight.Offset, weight.PackedLength));
            Layers[index].Gradients.Add(norm / Math.Sqrt(weight.Count));
        }

        _isWatching = true;
    }

    /// <summary>The ratio of each layer's update to its weights, after the step.</summary>
    public void EndStep(TrainingContext context)
    {
        if (!_isWatching)
            return;
        _isWatching = false;
        var values = context.Trainer.Weights.Trainable;
        for (var index = 0; index < _weights.Length; index++)
        {
            var weight = _weights[index];
            var now = values.Slice(weight.Offset, weight.PackedLength);
            var before = _before.AsSpan(weight.Offset, weight.PackedLength);
            var size = TensorPrimitives.Norm<float>(now);
            Layers[index].Updates.Add(size > 0 ? TensorPrimitives.Distance<float>(now, before) / size : 0);
            Layers[index].Weights.Add(size / Math.Sqrt(weight.Count));
        }
    }

    /// <summary>The figures of a layer, one for each step that was looked at.</summary>
    internal sealed class LayerGradients(string layer, string weight)
    {
        public string Layer { get; } = layer;

        /// <summary>The name of the weight, of which a layer may have several.</summary>
        public string Weight { get; } = weight;

        /// <summary>The roots of the mean squares of gradients.</summary>
        public StepFigures Gradients { get; } = new();

        /// <summary>The ratios of the norm of the update to the norm of the weights.</summary>
        public StepFigures Updates { get; } = new();

        /// <summary>The roots of the mean squares of weights.</summary>
        public StepFigures Weights { get; } = new();
    }
}
