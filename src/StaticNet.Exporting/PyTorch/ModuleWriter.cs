using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using static StaticNet.Exporting.PyTorch.PythonText;
using Layers = StaticNet.Generator.Layers;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <summary>Writes layers as lines of a module: what its constructor makes, how parameters start, and what its forward pass computes.</summary>
/// <param name="network">The network.</param>
/// <param name="names">What layers are called.</param>
internal sealed partial class ModuleWriter(DeclaredNetwork network, ModuleNames names)
{
    private readonly ILookup<string, Parameter> _parameters = network.LayerParameters.ToLookup(parameter => parameter.Layer, StringComparer.Ordinal);
    private readonly HashSet<string> _blocks = new(StringComparer.Ordinal);

    /// <summary>The layer that is written.</summary>
    private LayerNode _layer = null!;

    /// <summary>The lines of the constructor.</summary>
    public List<string> Made { get; } = [];

    /// <summary>The lines that initialise parameters.</summary>
    public List<string> Started { get; } = [];

    /// <summary>The lines of the forward pass.</summary>
    public List<string> Computed { get; } = [];

    /// <summary>Tensors of the module that files of weights call otherwise; null: they have no such tensor.</summary>
    public List<(string Name, string? InFiles)> Renamed { get; } = [];

    private string Variable => names.Variable(_layer.Name);

    /// <summary>The layer's module: an attribute, or an entry of that of its block.</summary>
    private string Module => Place(names.Path(_layer.Name));

    /// <summary>Writes a layer.</summary>
    /// <param name="layer">The layer in its place.</param>
    /// <param name="inputs">What it takes.</param>
    /// <returns>What it computes.</returns>
    /// <exception cref="ExportException">PyTorch has no such layer, or no such initialiser.</exception>
    public ModuleValue Write(LayerNode layer, IReadOnlyList<ModuleValue> inputs)
    {
        _layer = layer;
        var result = layer.Layer switch
        {
            ConstantLayer => MakeConstant(),
            ElementwiseJoin join => Join(inputs, join.Function),
            Concat concat => Set(inputs[0].Folded, $"torch.cat([{string.Join(", ", inputs.Select(input => input.Folded.Text))}], {Number(AxisOf(concat.Axis, inputs[0]))})"),
            MatMulLayer product => Set(inputs[0].Folded, $"{inputs[0].Folded.Text} @ {inputs[1].Folded.Text}{(product.TransposesSecond ? ".transpose(-1, -2)" : "")}"),
            _ => WriteElements(inputs[0]) ?? WriteWeighted(inputs[0]) ?? WriteShapes(inputs[0]) ?? WriteSequences(inputs[0]) ?? throw Lacking("has no such layer"),
        };
        Start();
        return result;
    }

    /// <summary>Functions of single elements, and what only training has.</summary>
    private ModuleValue? WriteElements(ModuleValue input) => _layer.Layer switch
    {
        ActivationLayer activation => Activate(input, activation.Function),
        ExpressionLayer expression => Set(input, Function(ExpressionReader.Read(expression.Text, expression.Alpha).Tree!, input.Text)),
        ClipLayer clip => Set(input, $"torch.clamp({input.Text}, {Number(clip.Lowest)}, {Number(clip.Highest)})"),
        PowerLayer power => Set(input, $"{input.Text} ** {Number(power.Exponent)}"),
        RescalingLayer rescaling => Set(input, Function((ElementFunctions.X * rescaling.Scale) + rescaling.Offset, input.Text)),
        // A feature is a channel without pixels.
        Layers.Dropout { IsSpatial: true } dropout when input.Type.Rank > 1 => Set(input.Folded, $"F.dropout{Number(input.Type.Rank - 1)}d({input.Folded.Text}, {Number(dropout.Rate)}, self.training)"),
        Layers.Dropout dropout => Set(input, $"F.dropout({input.Text}, {Number(dropout.Rate)}, self.training)"),
        GaussianNoise noise => Set(input, $"{input.Text} + {Number(noise.Deviation)} * torch.randn_like({input.Text}) if self.training else {input.Text}"),
        _ => null,
    };

    /// <summary>Layers with weights that do not look along the steps, and norms.</summary>
    private ModuleValue? WriteWeighted(ModuleValue input) => _layer.Layer switch
    {
        Layers.Dense dense => Activate(Call(input, $"nn.Linear({Number(input.Type.Last)}, {Number(dense.Units)}{BiasArgument(dense.Bias)})", dense.WeightNorm), dense.Activation),
        Maxout maxout => LargestPiece(input, maxout),
        ConvolutionLayer convolution => Activate(Convolve(input.Folded, convolution), convolution.Activation),
        DepthwiseLayer depthwise => Activate(Convolve(input.Folded, _layer.Output.Channels, input.Type.Channels, depthwise.Bias), depthwise.Activation),
        SeparableLayer separable => Activate(Separate(input.Folded, separable), separable.Activation),
        TransposedConvolutionLayer transposed => Activate(Transpose(input.Folded, transposed), transposed.Activation),
        Layers.Subsampling subsampling => Activate(Subsample(input.Folded), subsampling.Activation),
        BatchNorm norm => Activate(Normalise(input.Folded, norm), norm.Activation),
        LayerNorm norm => Normalise(input, norm),
        GroupNorm norm => Call(input.Folded, $"nn.GroupNorm({Number(norm.Groups)}, {Number(input.Type.Channels)}, eps={Number(norm.Epsilon)}{(norm.Affine ? "" : ", affine=False")})"),
        InstanceNorm norm => Call(input.Folded, $"nn.InstanceNorm{Number(input.Type.Rank - 1)}d({Number(input.Type.Channels)}, eps={Number(norm.Epsilon)}{(norm.Affine ? ", affine=True" : "")})"),
        LocalResponseNorm norm => NormaliseLocally(input.Folded, norm),
        _ => null,
    };

    /// <summary>Layers that move, cut and pool.</summary>
    private ModuleValue? WriteShapes(ModuleValue value)
    {
        var input = value.Folded;
        return _layer.Layer switch
        {
            PoolingLayer pooling => Pool(input, pooling),
            GlobalPoolingLayer pooling => PoolAll(input, pooling),
            Flatten => Set(input, $"{input.Text}.flatten(1)"),
            Layers.Reshape => Set(input, $"{input.Text}.reshape{Tuple(_layer.Output.Shape.Prepend(-1))}"),
            Permute permute => Set(input, $"{input.Text}.permute{Tuple(AxisRules.FromFirst(permute.Order, input.Type.Rank).Select(axis => axis + 1).Prepend(0))}"),
            MeanLayer mean => Mean(input, mean),
            FramingLayer framing => Frame(input, framing),
            PadLayer pad => Set(input, $"F.pad({input.Text}, {Tuple([.. Enumerable.Repeat(0, 2 * (input.Type.Rank - AxisOf(pad.Axis, input))), pad.Before, pad.After])})"),
            SliceLayer slice => Set(input, $"{input.Text}.narrow({Number(AxisOf(slice.Axis, input))}, {Number(slice.Start)}, {Number(slice.Length)})"),
            UpsamplingLayer upsampling => Resize(input, upsampling),
            _ => null,
        };
    }

    /// <summary>Layers along the steps of a sequence.</summary>
    private ModuleValue? WriteSequences(ModuleValue value)
    {
        var input = value.WithSteps;
        return _layer.Layer switch
        {
            CausalConvolutionLayer causal => Activate(Convolve(input, causal), causal.Activation),
            CausalTransposedConvolutionLayer causal => Activate(Transpose(input, causal), causal.Activation),
            CausalPoolingLayer pooling => Pool(input, pooling),
            DelayLayer delay => Set(input, $"F.pad({input.Text}, {Tuple([.. Enumerable.Repeat(0, 2 * input.Type.Rank), delay.Steps, 0])}{(delay.InitialValue == 0 ? "" : $", value={Number(delay.InitialValue)}")})[:, :{Number(input.Steps)}]"),
            LastStepLayer => Set(input with { Steps = 1, HasStepAxis = false }, $"{input.Text}[:, -1]"),
            RecurrentLayer recurrent => Recur(input, recurrent),
            _ => null,
        };
    }

    private ModuleValue Activate(ModuleValue value, ActivationFunction function)
    {
        var x = value.Text;
        var alpha = float.IsNaN(function.Alpha) && ActivationFunctions.All.TryGetValue(function.Kind, out var entry) ? entry.Alpha : function.Alpha;
        return function.Kind switch
        {
            Words.Activation.Identity => value,
            Words.Activation.Softmax => Set(value, $"torch.softmax({x}, -1)"),
            Words.Activation.LogSoftmax => Set(value, $"torch.log_softmax({x}, -1)"),
            Words.Activation.PReLU => Set(value, $"torch.where({x} > 0, {x}, {x} * {ByChannel(MakeSlope(), value.Type)})"),
            Words.Activation.ReLU => Set(value, $"F.relu({x})"),
            Words.Activation.LeakyReLU => Set(value, $"F.leaky_relu({x}, {Number(alpha)})"),
            Words.Activation.ELU => Set(value, $"F.elu({x}, {Number(alpha)})"),
            Words.Activation.SELU => Set(value, $"F.selu({x})"),
            Words.Activation.Softsign => Set(value, $"F.softsign({x})"),
            Words.Activation.HardSigmoid => Set(value, $"F.hardsigmoid({x})"),
            Words.Activation.HardSwish => Set(value, $"F.hardswish({x})"),
            Words.Activation.HardTanh => Set(value, $"F.hardtanh({x})"),
            Words.Activation.ReLU6 => Set(value, $"F.relu6({x})"),
            Words.Activation.Mish => Set(value, $"F.mish({x})"),
            _ => Set(value, Function(ActivationFunctions.Of(function.Kind, function.Alpha).Tree, x)),
        };
    }

    private ModuleValue Join(IReadOnlyList<ModuleValue> inputs, JoinKind function)
    {
        string[] texts = [.. inputs.Select((input, index) => network.Graph.IsConstant(_layer.Inputs[index]) ? Stretched(input) : input.Folded.Text)];
        var like = inputs[_layer.Inputs.ToList().FindIndex(node => !network.Graph.IsConstant(node))].Folded;
        return Set(like, function switch
        {
            JoinKind.Add => string.Join(" + ", texts),
            JoinKind.Subtract => string.Join(" - ", texts),
            JoinKind.Multiply => string.Join(" * ", texts),
            JoinKind.Divide => string.Join(" / ", texts),
            JoinKind.Minimum => texts.Aggregate((left, right) => $"torch.minimum({left}, {right})"),
            _ => texts.Aggregate((left, right) => $"torch.maximum({left}, {right})"),
        });
    }

    /// <summary>A constant in a shape that PyTorch stretches over the layers that it meets.</summary>
    private string Stretched(ModuleValue constant) => constant.Type.Length == 1 ? $"{constant.Text}.squeeze()"
        : constant.Type.Rank == _layer.Output.Rank ? constant.Text
        : ByChannel(constant.Text, _layer.Output);

    /// <summary>One number per channel, shaped for channels that pixels follow.</summary>
    private static string ByChannel(string text, TensorType type) => type.Rank == 1 ? text : $"{text}.view{Tuple(type.Pixels.Select(_ => 1).Prepend(-1))}";

    /// <summary>The number of an axis, of the batch's as the first one.</summary>
    private static int AxisOf(int axis, ModuleValue value) => AxisRules.FromFirst(axis, value.Type.Rank) + 1;

    /// <summary>Assigns the layer's variable.</summary>
    private ModuleValue Set(ModuleValue like, string text)
    {
        Computed.Add($"{Variable} = {text}");
        return like with { Text = Variable, Type = _layer.Output };
    }

    /// <summary>Assigns the variable of a layer that gives another number of steps than it takes.</summary>
    private ModuleValue SetSteps(ModuleValue like, string text) => Set(like with { Steps = _layer.Steps }, text);

    private static string Place(IReadOnlyList<string> path) => $"self.{path[0]}{string.Concat(path.Skip(1).Select(part => $"[\"{part}\"]"))}";

    private ExportException Lacking(string what) => new($"{_layer.Name} ({_layer.Layer.Title}): PyTorch {what}.");
}
