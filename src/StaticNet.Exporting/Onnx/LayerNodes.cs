using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;
using Layers = StaticNet.Generator.Layers;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <summary>Writes layers as nodes; the shapes, windows and parameters are those that the generator has found.</summary>
/// <param name="network">The network.</param>
/// <param name="weights">Its parameters by name, in their logical shapes.</param>
/// <param name="model">Takes the nodes.</param>
internal sealed partial class LayerNodes(DeclaredNetwork network, StateDict weights, ModelBuilder model)
{
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <summary>The layer whose nodes are written.</summary>
    private LayerNode _layer = null!;

    /// <summary>Writes a layer.</summary>
    /// <param name="layer">The layer in its place.</param>
    /// <param name="inputs">What it takes.</param>
    /// <returns>What it gives.</returns>
    public NodeValue Write(LayerNode layer, IReadOnlyList<NodeValue> inputs)
    {
        _layer = layer;
        var (steps, type) = (layer.Steps, layer.Output);
        return layer.Layer switch
        {
            ConstantLayer => new NodeValue(type.Length == 1 ? model.Floats($"{layer.Name}.value", [], Values("value")) : Weight("value"), type, 1, HasStepAxis: false),
            ActivationLayer activation => Activate(inputs[0], activation.Function),
            ExpressionLayer expression => Elements(inputs[0], ExpressionReader.Read(expression.Text, expression.Alpha).Tree!),
            ClipLayer clip => Elements(inputs[0], ElementFunctions.Clip(clip.Lowest, clip.Highest).Tree),
            PowerLayer power => Plain(inputs[0], type, "Pow", inputs[0].Name, model.Number(power.Exponent)),
            RescalingLayer rescaling => Elements(inputs[0], (ElementFunctions.X * rescaling.Scale) + rescaling.Offset),
            Layers.Dropout or GaussianNoise => inputs[0],
            Layers.Dense dense => Activate(Contract(inputs[0], type, dense.Bias, dense.WeightNorm), dense.Activation),
            Maxout maxout => LargestPiece(Contract(inputs[0], type.WithLast(maxout.Units * maxout.Pieces), maxout.Bias), maxout.Pieces, type),
            ConvolutionLayer convolution => Activate(
                Convolve(Folded(inputs[0]), type, LearnedWeight(convolution.WeightNorm, convolution.Table), convolution.Bias, layer.Shape.Windows, convolution.Groups), convolution.Activation),
            DepthwiseLayer depthwise => Activate(Convolve(Folded(inputs[0]), type, Weight("weight"), depthwise.Bias, layer.Shape.Windows, inputs[0].Type.Channels), depthwise.Activation),
            SeparableLayer separable => Activate(Separable(Folded(inputs[0]), separable), separable.Activation),
            TransposedConvolutionLayer transposed => Activate(ConvolveTransposed(Folded(inputs[0]), transposed), transposed.Activation),
            CausalConvolutionLayer causal => Activate(ConvolveCausally(WithSteps(inputs[0]), causal), causal.Activation),
            CausalTransposedConvolutionLayer causal => Activate(ConvolveTransposedCausally(WithSteps(inputs[0]), causal), causal.Activation),
            CausalPoolingLayer pooling => PoolCausally(WithSteps(inputs[0]), pooling),
            PoolingLayer pooling => Pool(Folded(inputs[0]), pooling),
            GlobalPoolingLayer pooling => PoolAll(Folded(inputs[0]), pooling),
            Layers.Subsampling subsampling => Activate(Subsample(Folded(inputs[0])), subsampling.Activation),
            BatchNorm norm => Activate(Normalize(Folded(inputs[0]), norm), norm.Activation),
            LayerNorm norm => Normalize(inputs[0], norm),
            GroupNorm norm => NormalizeGroups(Folded(inputs[0]), norm.Groups, norm.Epsilon, norm.Affine),
            InstanceNorm norm => NormalizeGroups(Folded(inputs[0]), type.Channels, norm.Epsilon, norm.Affine),
            LocalResponseNorm norm => NormalizeLocally(Folded(inputs[0]), norm),
            Flatten or Layers.Reshape => Reshaped(inputs[0], type),
            Permute permute => Transpose(Folded(inputs[0]), permute),
            MeanLayer mean => Mean(Folded(inputs[0]), mean),
            FramingLayer framing => Frame(Folded(inputs[0]), framing),
            PadLayer pad => Pad(Folded(inputs[0]), AxisRules.FromFirst(pad.Axis, inputs[0].Type.Rank), pad.Before, pad.After),
            SliceLayer slice => Slice(Folded(inputs[0]), AxisRules.FromFirst(slice.Axis, inputs[0].Type.Rank), slice.Start, slice.Length),
            UpsamplingLayer upsampling => Resize(Folded(inputs[0]), upsampling),
            ElementwiseJoin join => Join(inputs, join.Function, type, steps),
            Concat concat => Concatenate([.. inputs.Select(Folded)], concat),
            MatMulLayer product => Multiply(Folded(inputs[0]), Folded(inputs[1]), product),
            DelayLayer delay => Delay(WithSteps(inputs[0]), delay),
            LastStepLayer => LastStep(WithSteps(inputs[0])),
            RecurrentLayer recurrent => Recur(WithSteps(inputs[0]), recurrent),
            _ => throw new InvalidOperationException($"{layer.Layer.GetType().Name} cannot be written in ONNX."),
        };
    }

    /// <summary>The value with steps as more samples.</summary>
    private NodeValue Folded(NodeValue value) => !value.HasStepAxis ? value : value with
    {
        Name = model.Node("Reshape", $"{value.Name}.steps", [value.Name, model.Integers($"{value.Name}.shape", value.Type.Shape.Prepend(-1))]),
        HasStepAxis = false,
    };

    /// <summary>The value with an axis of its steps.</summary>
    private NodeValue WithSteps(NodeValue value) => value.HasStepAxis ? value : value with
    {
        Name = model.Node("Reshape", $"{value.Name}.sequence", [value.Name, model.Integers($"{value.Name}.shape", value.Type.Shape.Prepend(value.Steps).Prepend(-1))]),
        HasStepAxis = true,
    };

    /// <summary>A node that keeps the leading axes.</summary>
    private NodeValue Plain(NodeValue like, TensorType type, string operation, params string[] inputs) => Plain(like, type, operation, (IEnumerable<string>)inputs);

    private NodeValue Plain(NodeValue like, TensorType type, string operation, IEnumerable<string> inputs, params (string Name, object Value)[] attributes) =>
        like with { Name = model.Node(operation, _layer.Name, inputs, attributes), Type = type };

    private NodeValue Elements(NodeValue input, Expression tree)
    {
        var name = new ElementNodes(model, _layer.Name, input.Name).Write(tree);
        // What is the same for all elements has no batch of itself.
        return Derivation.Uses(tree).ContainsKey(ElementFunctions.X)
            ? input with { Name = name }
            : Plain(input, input.Type, "Expand", name, model.Node("Shape", $"{_layer.Name}.shape", [input.Name]));
    }

    private NodeValue Activate(NodeValue input, ActivationFunction function)
    {
        var alpha = float.IsNaN(function.Alpha) && ActivationFunctions.All.TryGetValue(function.Kind, out var entry) ? entry.Alpha : function.Alpha;
        NodeValue Named(string operation, params (string Name, object Value)[] attributes) => Plain(input, input.Type, operation, [input.Name], attributes);
        return function.Kind switch
        {
            Words.Activation.Identity => input,
            Words.Activation.Softmax => Named("Softmax", ("axis", -1)),
            Words.Activation.LogSoftmax => Named("LogSoftmax", ("axis", -1)),
            Words.Activation.PReLU => Plain(input, input.Type, "PRelu", input.Name, function.SharedSlope ? Weight("slope") : ByChannel("slope", input.Type)),
            Words.Activation.LeakyReLU => Named("LeakyRelu", ("alpha", alpha)),
            Words.Activation.ELU => Named("Elu", ("alpha", alpha)),
            Words.Activation.SELU => Named("Selu"),
            Words.Activation.Softsign => Named("Softsign"),
            Words.Activation.HardSigmoid => Named("HardSigmoid", ("alpha", 1f / 6), ("beta", 0.5f)),
            Words.Activation.HardSwish => Named("HardSwish"),
            Words.Activation.Reciprocal => Named("Reciprocal"),
            Words.Activation.Mish => Plain(input, input.Type, "Mul", input.Name, model.Node("Tanh", $"{_layer.Name}.tanh", [model.Node("Softplus", $"{_layer.Name}.softplus", [input.Name])])),
            _ => Elements(input, ActivationFunctions.Of(function.Kind, function.Alpha).Tree),
        };
    }

    private NodeValue Join(IReadOnlyList<NodeValue> inputs, JoinKind function, TensorType type, int steps)
    {
        NodeValue[] values = [.. inputs.Select((input, index) => network.Graph.IsConstant(_layer.Inputs[index]) ? Stretched(input, type) : Folded(input))];
        var operation = function switch
        {
            JoinKind.Add => "Add",
            JoinKind.Subtract => "Sub",
            JoinKind.Multiply => "Mul",
            JoinKind.Divide => "Div",
            JoinKind.Minimum => "Min",
            _ => "Max",
        };
        var name = values.Skip(1).Aggregate(values[0].Name, (left, right) => model.Node(operation, _layer.Name, [left, right.Name]));
        return new NodeValue(name, type, steps, HasStepAxis: false);
    }

    private NodeValue Concatenate(NodeValue[] inputs, Concat layer) =>
        Plain(inputs[0], _layer.Output, "Concat", inputs.Select(input => input.Name), ("axis", AxisRules.FromFirst(layer.Axis, inputs[0].Type.Rank) + 1));

    /// <summary>
    /// A constant in a shape that ONNX stretches over the layers that it meets: one number per channel has axes of 1 after it, and a single
    /// number has none.
    /// </summary>
    private NodeValue Stretched(NodeValue constant, TensorType type)
    {
        if (constant.Type.Rank == type.Rank || constant.Type.Length == 1)
            return constant;
        return constant with { Name = Reshape(constant.Name, [constant.Type.Length, .. Enumerable.Repeat(1, type.Rank - 1)]) };
    }

    /// <summary>A parameter as a constant of the model, in its logical shape.</summary>
    private string Weight(string name)
    {
        var full = $"{_layer.Name}.{name}";
        if (!_constants.TryGetValue(full, out var constant))
            _constants.Add(full, constant = model.Floats(full, weights[full].Shape, weights[full].Values));
        return constant;
    }

    private ReadOnlySpan<float> Values(string name) => weights[$"{_layer.Name}.{name}"].Values;

    /// <summary>One number per channel, shaped for channels that other axes follow.</summary>
    private string ByChannel(string name, TensorType type) => type.Rank == 1 ? Weight(name) : Reshape(Weight(name), [type.Channels, .. Enumerable.Repeat(1, type.Rank - 1)]);

    private string Reshape(string value, IEnumerable<int> shape) => model.Node("Reshape", $"{value}.shaped", [value, model.Integers($"{value}.shape", shape)]);

    /// <summary>The order of axes of a transposition, or another list of numbers.</summary>
    private static int[] Axes(params int[] axes) => axes;
}
