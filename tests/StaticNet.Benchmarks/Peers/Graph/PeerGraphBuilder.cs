using System.Reflection;

namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>
/// Makes operations of attributes: blocks are inlined, automatic padding becomes numbers, activations stand alone.
/// </summary>
/// <param name="values">Gives the values of parameters.</param>
internal sealed class PeerGraphBuilder(PeerValues values)
{
    private readonly List<PeerLayer> _layers = [];
    private bool _isSequence;

    /// <summary>Makes the operations of a network.</summary>
    /// <param name="inputShape">The input's shape; of a sequence, the steps first.</param>
    /// <param name="isSequence">Whether it is a sequence.</param>
    /// <param name="declaration">The class with its layers.</param>
    /// <exception cref="NotSupportedException">It has a layer that peers are not told of yet.</exception>
    public IReadOnlyList<PeerLayer> Build(int[] inputShape, bool isSequence, Type declaration)
    {
        _isSequence = isSequence;
        AddLayers(declaration, new PeerScope("", Append(new PeerInput(inputShape))));
        return _layers;
    }

    private int AddLayers(Type declaration, PeerScope scope)
    {
        var above = scope.Find("input");
        foreach (var layer in declaration.GetCustomAttributes<LayerAttribute>(inherit: false))
        {
            var name = scope.NameOf(layer);
            var source = layer.From is null ? above : scope.Find(layer.From);
            above = AddLayer(layer, scope, scope.FullName(name), source);
            scope.Define(name, above);
        }

        return above;
    }

    private int AddLayer(LayerAttribute layer, PeerScope scope, string name, int source) => layer switch
    {
        BlockAttribute block => AddLayers(block.Definition, new PeerScope(name + ".", source)),
        DenseAttribute { WeightNorm: false } dense => AddDense(dense, name, source),
        RecurrentLayerAttribute recurrent => AddRecurrent(recurrent, name, source),
        _ when _isSequence => throw new NotSupportedException($"{name}: peers are not told of {layer.GetType().Name} over sequences yet."),
        Conv1DAttribute { WeightNorm: false } conv =>
            AddConvolution(conv, conv.AutoPadding, conv.Filters, conv.Groups, name, source),
        Conv2DAttribute { WeightNorm: false, Connections: null } conv =>
            AddConvolution(conv, conv.AutoPadding, conv.Filters, conv.Groups, name, source),
        DepthwiseConv2DAttribute { DepthMultiplier: var multiplier } depthwise =>
            AddConvolution(depthwise, depthwise.AutoPadding, multiplier * Channels(source), Channels(source), name, source),
        SeparableConv2DAttribute separable => AddSeparable(separable, name, source),
        ConvTranspose1DAttribute { OutputPadding: var padding } transposed =>
            AddTransposed(transposed, [padding], transposed.Filters, transposed.Groups, name, source),
        ConvTranspose2DAttribute { OutputPadding: var both } transposed => AddTransposed(
            transposed,
            [
                transposed.OutputPaddingHeight == -1 ? both : transposed.OutputPaddingHeight,
                transposed.OutputPaddingWidth == -1 ? both : transposed.OutputPaddingWidth,
            ],
            transposed.Filters,
            transposed.Groups,
            name,
            source),
        PoolingAttribute pool => AddPool(pool, name, source),
        GlobalPoolAttribute pool => AddGlobalPool(pool, name, source),
        BatchNormAttribute { Affine: true } norm => AddBatchNorm(norm, name, source),
        ActivationAttribute activation => AddActivation(activation.Function, activation.Alpha, name, source),
        DropoutAttribute dropout => Append(new PeerDropout(name, [source], ShapeOf(source), dropout.Rate)),
        FlattenAttribute => Append(new PeerReshape(name, [source], [LengthOf(source)])),
        ReshapeAttribute reshape => AddReshape(reshape, name, source),
        AddAttribute add => AddSum(name, Joined(add, add.Inputs, scope, source)),
        ConcatAttribute concat => AddConcat(concat, name, Joined(concat, concat.Inputs, scope, source)),
        _ => throw new NotSupportedException($"{name}: {layer.GetType().Name} with these properties is unknown to peers yet."),
    };

    private int AddDense(DenseAttribute dense, string name, int source)
    {
        var shape = ShapeOf(source);
        var weight = Tensor(name + ".weight", dense.Units, shape[^1]);
        var bias = Bias(dense, name, dense.Units);
        var product = Append(new PeerDense(name, [source], [.. shape[..^1], dense.Units], weight, bias));
        return AddActivation(dense.Activation, dense.ActivationAlpha, name, product);
    }

    private int AddRecurrent(RecurrentLayerAttribute layer, string name, int source)
    {
        var (cell, rows) = layer switch
        {
            GRUAttribute { RecurrentActivation: Activation.Sigmoid } => (PeerCell.Gru, 3 * layer.Units),
            LSTMAttribute { RecurrentActivation: Activation.Sigmoid } => (PeerCell.Lstm, 4 * layer.Units),
            _ => throw new NotSupportedException($"{name}: peers are told only of GRU and LSTM with sigmoid gates."),
        };
        if (layer is not { Bias: true, RecurrentBias: true, ReturnSequences: true, Direction: SequenceDirection.Forward, Activation: Activation.Tanh })
            throw new NotSupportedException($"{name}: peers are told only of recurrent layers of forward sequences with tanh and two biases.");
        return Append(new PeerRecurrent(
            name,
            [source],
            [ShapeOf(source)[0], layer.Units],
            cell,
            Tensor(name + ".weight_ih", rows, ShapeOf(source)[1]),
            Tensor(name + ".weight_hh", rows, layer.Units),
            Tensor(name + ".bias_ih", rows),
            Tensor(name + ".bias_hh", rows)));
    }

    private int AddConvolution(ConvolutionAttribute layer, AutoPadding padding, int filters, int groups, string name, int source)
    {
        var window = PeerWindows.Of(layer).Pad(padding, Space(source));
        var weight = Tensor(name + ".weight", [filters, Channels(source) / groups, .. window.Kernel]);
        int[] shape = [filters, .. window.Output(Space(source))];
        var product = Append(new PeerConvolution(name, [source], shape, window, groups, weight, Bias(layer, name, filters)));
        return AddActivation(layer.Activation, layer.ActivationAlpha, name, product);
    }

    private int AddSeparable(SeparableConv2DAttribute layer, string name, int source)
    {
        var window = PeerWindows.Of(layer).Pad(layer.AutoPadding, Space(source));
        var (channels, between) = (Channels(source), Channels(source) * layer.DepthMultiplier);
        var depthwiseWeight = Tensor(name + ".depthwiseWeight", [between, 1, .. window.Kernel]);
        var pointwiseWeight = Tensor(name + ".pointwiseWeight", layer.Filters, between, 1, 1);
        var space = window.Output(Space(source));
        var depthwise = Append(new PeerConvolution(
            name + ".depthwise", [source], [between, .. space], window, channels, depthwiseWeight, null));
        var point = new PeerWindow([1, 1], [1, 1], [1, 1], [0, 0], [0, 0]);
        var pointwise = Append(new PeerConvolution(
            name, [depthwise], [layer.Filters, .. space], point, 1, pointwiseWeight, Bias(layer, name, layer.Filters)));
        return AddActivation(layer.Activation, layer.ActivationAlpha, name, pointwise);
    }

    private int AddTransposed(ConvolutionAttribute layer, int[] outputPadding, int filters, int groups, string name, int source)
    {
        var window = PeerWindows.Of(layer);
        var weight = Tensor(name + ".weight", [Channels(source), filters / groups, .. window.Kernel]);
        int[] shape = [filters, .. window.TransposedOutput(Space(source), outputPadding)];
        var product = Append(new PeerTransposedConvolution(
            name, [source], shape, window, outputPadding, groups, weight, Bias(layer, name, filters)));
        return AddActivation(layer.Activation, layer.ActivationAlpha, name, product);
    }

    private int AddPool(PoolingAttribute pool, string name, int source)
    {
        var window = PeerWindows.Of(pool).Pad(pool.AutoPadding, Space(source));
        var counts = pool switch
        {
            AveragePool1DAttribute line => line.CountIncludesPadding,
            AveragePool2DAttribute plane => plane.CountIncludesPadding,
            _ => false,
        };
        int[] shape = [Channels(source), .. window.Output(Space(source), pool.CeilMode)];
        var maximum = pool is MaxPool1DAttribute or MaxPool2DAttribute;
        return Append(new PeerPool(name, [source], shape, window, maximum, pool.CeilMode, counts));
    }

    private int AddGlobalPool(GlobalPoolAttribute pool, string name, int source)
    {
        int[] kept = [Channels(source), .. Space(source).Select(_ => 1)];
        var pooled = Append(new PeerGlobalPool(name, [source], kept, pool is GlobalMaxPoolAttribute));
        return pool.KeepAxes ? pooled : Append(new PeerReshape(name + ".flatten", [pooled], [Channels(source)]));
    }

    private int AddBatchNorm(BatchNormAttribute norm, string name, int source)
    {
        var channels = Channels(source);
        var normalised = Append(new PeerBatchNorm(
            name,
            [source],
            ShapeOf(source),
            Tensor(name + ".weight", channels),
            Tensor(name + ".bias", channels),
            Tensor(name + ".running_mean", channels),
            Tensor(name + ".running_var", channels),
            norm.Epsilon,
            norm.Momentum));
        return AddActivation(norm.Activation, norm.ActivationAlpha, name, normalised);
    }

    private int AddActivation(Activation function, float alpha, string name, int source)
    {
        if (!float.IsNaN(alpha))
            throw new NotSupportedException($"{name}: peers are not told of an activation's α yet.");
        return function == Activation.Identity
            ? source
            : Append(new PeerActivation($"{name}.{function}", [source], ShapeOf(source), function));
    }

    private int AddReshape(ReshapeAttribute reshape, string name, int source)
    {
        var known = reshape.Shape.Where(size => size != -1).Aggregate(1, (product, size) => product * size);
        int[] shape = [.. reshape.Shape.Select(size => size == -1 ? LengthOf(source) / known : size)];
        return Append(new PeerReshape(name, [source], shape));
    }

    private int AddSum(string name, int[] sources) => Append(new PeerAdd(name, sources, ShapeOf(sources[0])));

    private int AddConcat(ConcatAttribute concat, string name, int[] sources)
    {
        int[] shape = [.. ShapeOf(sources[0])];
        var axis = concat.Axis < 0 ? concat.Axis + shape.Length : concat.Axis;
        shape[axis] = sources.Sum(source => ShapeOf(source)[axis]);
        return Append(new PeerConcat(name, sources, shape, axis));
    }

    private static int[] Joined(LayerAttribute join, string[] names, PeerScope scope, int source)
    {
        var named = names.Select(scope.Find);
        // Several names without a From stand alone; otherwise the layer above, or that of From, comes first.
        return join.From is null && names.Length > 1 ? [.. named] : [source, .. named];
    }

    private PeerTensor? Bias(ParametricLayerAttribute layer, string name, int count) =>
        layer.Bias ? Tensor(name + ".bias", count) : null;

    private PeerTensor Tensor(string name, params int[] shape) => new(name, shape, values(name, shape));

    private int Append(PeerLayer layer)
    {
        _layers.Add(layer);
        return _layers.Count - 1;
    }

    private int[] ShapeOf(int source) => _layers[source].Shape;

    private int Channels(int source) => ShapeOf(source)[0];

    private int[] Space(int source) => ShapeOf(source)[1..];

    private int LengthOf(int source) => ShapeOf(source).Aggregate(1, (product, size) => product * size);
}
