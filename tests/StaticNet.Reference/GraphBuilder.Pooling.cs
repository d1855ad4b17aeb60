using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <content>Pooling.</content>
internal sealed partial class GraphBuilder
{
    private int? BuildPooling(LayerAttribute layer, GraphScope scope, string name, int source)
    {
        var shape = Nodes[source].Shape;
        switch (layer)
        {
            case MaxPool1DAttribute pool:
                var alongMax = OneAxis(pool, pool.Dilation, Spatial(name, source, 2));
                return Append(new MaxPoolNode(name, source, shape, Window.None, alongMax, pool.CeilMode));
            case MaxPool2DAttribute pool:
                var (down, right) = (Size(pool.DilationHeight, pool.Dilation), Size(pool.DilationWidth, pool.Dilation));
                var (maxRows, maxColumns) = TwoAxes(pool, down, right, Spatial(name, source, 3));
                return Append(new MaxPoolNode(name, source, shape, maxRows, maxColumns, pool.CeilMode));
            case AveragePool1DAttribute pool:
                var along = OneAxis(pool, 1, Spatial(name, source, 2));
                return Append(
                    new AveragePoolNode(name, source, shape, Window.None, along, pool.CeilMode, pool.CountIncludesPadding));
            case AveragePool2DAttribute pool:
                var (rows, columns) = TwoAxes(pool, 1, 1, Spatial(name, source, 3));
                return Append(new AveragePoolNode(name, source, shape, rows, columns, pool.CeilMode, pool.CountIncludesPadding));
            case GlobalAveragePoolAttribute pool:
                var (allRows, allColumns) = Whole(shape);
                var mean = new AveragePoolNode(name, source, shape, allRows, allColumns, ceil: false, countsPadding: false);
                return Collapsed(pool, Append(mean), shape);
            case GlobalMaxPoolAttribute pool:
                var (allMaxRows, allMaxColumns) = Whole(shape);
                var largest = new MaxPoolNode(name, source, shape, allMaxRows, allMaxColumns, ceil: false);
                return Collapsed(pool, Append(largest), shape);
            case Subsampling2DAttribute pool:
                return Subsampling(pool, scope.Trainable && pool.Trainable, name, source);
            default:
                return null;
        }
    }

    private int Subsampling(Subsampling2DAttribute pool, bool trainable, string name, int source)
    {
        var shape = Spatial(name, source, 3);
        var window = new Window(pool.Kernel, Size(pool.Stride, pool.Kernel), 1, 0, 0);
        var start = 1.0 / (pool.Kernel * pool.Kernel);
        var coefficient = Parameter(name + ".coefficient", [shape[0]], ParameterKind.Coefficient, trainable, start);
        var bias = Parameter(name + ".bias", [shape[0]], ParameterKind.Bias, trainable, start: 0);
        var sum = Append(new SumPoolNode(name, source, shape, window, window));
        var scaled = Append(new AffineNode(name, sum, Nodes[sum].Shape, coefficient, bias, perChannel: true));
        return Activate(name, scaled, pool.Activation, pool.ActivationAlpha, pool.SharedSlope, trainable);
    }

    private int Collapsed(GlobalPoolAttribute pool, int pooled, int[] shape) => pool.KeepAxes
        ? pooled
        : Append(new ReshapeNode(Nodes[pooled].Name, pooled, [shape[0]]));

    private static (Window Rows, Window Columns) Whole(int[] shape)
    {
        var planes = Planes.Of(shape);
        return (new Window(planes.Height, 1, 1, 0, 0), new Window(planes.Width, 1, 1, 0, 0));
    }

    private static Window OneAxis(Pooling1DAttribute pool, int dilation, int[] shape) => new Window(
        pool.Kernel,
        Size(pool.Stride, pool.Kernel),
        dilation,
        Side(pool.PaddingLeft, pool.Padding),
        Side(pool.PaddingRight, pool.Padding)).Padded(pool.AutoPadding, shape[1]);

    private static (Window Rows, Window Columns) TwoAxes(
        Pooling2DAttribute pool, int dilationHeight, int dilationWidth, int[] shape)
    {
        var (height, width) = (Size(pool.KernelHeight, pool.Kernel), Size(pool.KernelWidth, pool.Kernel));
        var rows = new Window(
            height,
            Size(Size(pool.StrideHeight, pool.Stride), height),
            dilationHeight,
            Side(pool.PaddingTop, pool.Padding),
            Side(pool.PaddingBottom, pool.Padding));
        var columns = new Window(
            width,
            Size(Size(pool.StrideWidth, pool.Stride), width),
            dilationWidth,
            Side(pool.PaddingLeft, pool.Padding),
            Side(pool.PaddingRight, pool.Padding));
        return (rows.Padded(pool.AutoPadding, shape[1]), columns.Padded(pool.AutoPadding, shape[2]));
    }
}
