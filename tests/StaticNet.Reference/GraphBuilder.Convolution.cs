using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <content>Convolutions.</content>
internal sealed partial class GraphBuilder
{
    private int? BuildConvolution(LayerAttribute layer, GraphScope scope, string name, int source)
    {
        if (layer is not ConvolutionAttribute convolution)
            return null;

        var trainable = scope.Trainable && convolution.Trainable;
        var result = convolution switch
        {
            Conv1DAttribute conv => Convolution(conv, name, source, trainable),
            Conv2DAttribute conv => Convolution(conv, name, source, trainable),
            DepthwiseConv2DAttribute depthwise => Depthwise(depthwise, name, source, trainable),
            SeparableConv2DAttribute separable => Separable(separable, name, source, trainable),
            ConvTranspose1DAttribute transpose => Transpose(transpose, name, source, trainable),
            ConvTranspose2DAttribute transpose => Transpose(transpose, name, source, trainable),
            _ => throw new ArgumentException($"{layer.GetType().Name} is unknown to the reference."),
        };
        return Activate(name, result, convolution.Activation, convolution.ActivationAlpha, convolution.SharedSlope, trainable);
    }

    private int Convolution(Conv1DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 2);
        RequireGroups(name, conv.Groups, shape[0], conv.Filters);
        var window = OneAxis(conv).Padded(conv.AutoPadding, shape[1]);
        var weight = Weight(name, [conv.Filters, shape[0] / conv.Groups, window.Size], trainable, conv.WeightNorm);
        var bias = Bias(conv, name, conv.Filters, trainable);
        return Append(new ConvolutionNode(name, source, shape, conv.Filters, conv.Groups, Window.None, window, weight, bias));
    }

    private int Convolution(Conv2DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 3);
        RequireGroups(name, conv.Groups, shape[0], conv.Filters);
        var (rows, columns) = TwoAxes(conv, conv.AutoPadding, shape);
        var channels = shape[0] / conv.Groups;
        var connected = Connected(conv, name, shape[0], rows.Size * columns.Size);
        var weight = Weight(name, [conv.Filters, channels, rows.Size, columns.Size], trainable, conv.WeightNorm, connected);
        var bias = Bias(conv, name, conv.Filters, trainable);
        return Append(new ConvolutionNode(name, source, shape, conv.Filters, conv.Groups, rows, columns, weight, bias));
    }

    private int Depthwise(DepthwiseConv2DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 3);
        var (rows, columns) = TwoAxes(conv, conv.AutoPadding, shape);
        var filters = shape[0] * conv.DepthMultiplier;
        var weight = Weight(name, [filters, 1, rows.Size, columns.Size], trainable, normalized: false);
        var bias = Bias(conv, name, filters, trainable);
        return Append(new ConvolutionNode(name, source, shape, filters, shape[0], rows, columns, weight, bias));
    }

    private int Separable(SeparableConv2DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 3);
        var (rows, columns) = TwoAxes(conv, conv.AutoPadding, shape);
        var between = shape[0] * conv.DepthMultiplier;
        int[] depthwiseShape = [between, 1, rows.Size, columns.Size];
        var depthwise = Parameter(name + ".depthwiseWeight", depthwiseShape, ParameterKind.Weight, trainable, start: null);
        int[] pointwiseShape = [conv.Filters, between, 1, 1];
        var pointwise = Parameter(name + ".pointwiseWeight", pointwiseShape, ParameterKind.Weight, trainable, start: null);
        var bias = Bias(conv, name, conv.Filters, trainable);
        var first = Append(new ConvolutionNode(
            name, source, shape, between, shape[0], rows, columns, new PlainWeight(depthwise, null), null));
        return Append(new ConvolutionNode(
            name, first, Nodes[first].Shape, conv.Filters, 1, Window.None, Window.None, new PlainWeight(pointwise, null), bias));
    }

    private int Transpose(ConvTranspose1DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 2);
        return Transpose(conv, name, source, trainable, conv.Filters, conv.Groups, Window.None, OneAxis(conv), 0, conv.OutputPadding, [
            shape[0], conv.Filters / conv.Groups, conv.Kernel,
        ]);
    }

    private int Transpose(ConvTranspose2DAttribute conv, string name, int source, bool trainable)
    {
        var shape = Spatial(name, source, 3);
        var (rows, columns) = TwoAxes(conv, AutoPadding.None, shape);
        var below = Side(conv.OutputPaddingHeight, conv.OutputPadding);
        var right = Side(conv.OutputPaddingWidth, conv.OutputPadding);
        return Transpose(conv, name, source, trainable, conv.Filters, conv.Groups, rows, columns, below, right, [
            shape[0], conv.Filters / conv.Groups, rows.Size, columns.Size,
        ]);
    }

    private int Transpose(
        ConvolutionAttribute conv,
        string name,
        int source,
        bool trainable,
        int filters,
        int groups,
        Window rows,
        Window columns,
        int below,
        int right,
        int[] weightShape)
    {
        var shape = Nodes[source].Shape;
        RequireGroups(name, groups, shape[0], filters);
        var planes = Planes.Of(shape);
        var output = new Planes(
            filters, rows.TransposedOutputs(planes.Height, below), columns.TransposedOutputs(planes.Width, right));
        if (output.Height <= 0 || output.Width <= 0)
            throw new ArgumentException($"{name} has no output.");
        var weight = new PlainWeight(Parameter(name + ".weight", weightShape, ParameterKind.Weight, trainable, start: null), null);
        var bias = Bias(conv, name, filters, trainable);
        return Append(new TransposedConvolutionNode(name, source, shape, output, groups, rows, columns, weight, bias));
    }

    private static Window OneAxis(Convolution1DAttribute conv) => new(
        conv.Kernel, conv.Stride, conv.Dilation, Side(conv.PaddingLeft, conv.Padding), Side(conv.PaddingRight, conv.Padding));

    private static (Window Rows, Window Columns) TwoAxes(Convolution2DAttribute conv, AutoPadding auto, int[] shape)
    {
        var rows = new Window(
            Size(conv.KernelHeight, conv.Kernel),
            Size(conv.StrideHeight, conv.Stride),
            Size(conv.DilationHeight, conv.Dilation),
            Side(conv.PaddingTop, conv.Padding),
            Side(conv.PaddingBottom, conv.Padding));
        var columns = new Window(
            Size(conv.KernelWidth, conv.Kernel),
            Size(conv.StrideWidth, conv.Stride),
            Size(conv.DilationWidth, conv.Dilation),
            Side(conv.PaddingLeft, conv.Padding),
            Side(conv.PaddingRight, conv.Padding));
        return (rows.Padded(auto, shape[1]), columns.Padded(auto, shape[2]));
    }

    /// <summary>Which elements of the weight [filters, channels, …] there are, from the table [channel][filter].</summary>
    private static bool[]? Connected(Conv2DAttribute conv, string name, int channels, int taps)
    {
        if (conv.Connections is not { } table)
            return null;
        if (conv.Groups != 1 || table.Length != channels || table.Any(row => row.Length != conv.Filters))
            throw new ArgumentException($"{name}: the connections are not {channels} strings of {conv.Filters}.");

        var connected = new bool[conv.Filters * channels * taps];
        for (var index = 0; index < connected.Length; index++)
            connected[index] = table[index / taps % channels][index / taps / channels] == 'X';
        return connected;
    }

    private int[] Spatial(string name, int source, int axes) => Nodes[source].Shape.Length == axes
        ? Nodes[source].Shape
        : throw new ArgumentException($"{name} takes {axes} axes, but got {Nodes[source].Shape.Length}.");

    private static void RequireGroups(string name, int groups, int channels, int filters)
    {
        if (groups < 1 || channels % groups != 0 || filters % groups != 0)
            throw new ArgumentException($"{name}: {groups} groups do not divide {channels} channels and {filters} filters.");
    }

    // 0 and −1 stand for the common figure.
    private static int Size(int own, int common) => own == 0 ? common : own;

    private static int Side(int own, int common) => own == -1 ? common : own;
}
