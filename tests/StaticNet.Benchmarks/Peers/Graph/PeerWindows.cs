namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>Reads windows from attributes: a size of one axis where it is given, else the one for all axes.</summary>
internal static class PeerWindows
{
    /// <summary>The window of a convolution, before automatic padding.</summary>
    /// <param name="layer">The layer.</param>
    public static PeerWindow Of(ConvolutionAttribute layer) => layer switch
    {
        Convolution1DAttribute line => new PeerWindow(
            [line.Kernel],
            [line.Stride],
            [line.Dilation],
            [Padding(line.PaddingLeft, line.Padding)],
            [Padding(line.PaddingRight, line.Padding)]),
        Convolution2DAttribute plane => new PeerWindow(
            [Size(plane.KernelHeight, plane.Kernel), Size(plane.KernelWidth, plane.Kernel)],
            [Size(plane.StrideHeight, plane.Stride), Size(plane.StrideWidth, plane.Stride)],
            [Size(plane.DilationHeight, plane.Dilation), Size(plane.DilationWidth, plane.Dilation)],
            [Padding(plane.PaddingTop, plane.Padding), Padding(plane.PaddingLeft, plane.Padding)],
            [Padding(plane.PaddingBottom, plane.Padding), Padding(plane.PaddingRight, plane.Padding)]),
        _ => throw Unknown(layer),
    };

    /// <summary>The window of a pooling, before automatic padding.</summary>
    /// <param name="layer">The layer.</param>
    public static PeerWindow Of(PoolingAttribute layer)
    {
        var stride = Size(layer.Stride, layer.Kernel);
        switch (layer)
        {
            case Pooling1DAttribute line:
                return new PeerWindow(
                    [line.Kernel],
                    [stride],
                    [line is MaxPool1DAttribute maximum ? maximum.Dilation : 1],
                    [Padding(line.PaddingLeft, line.Padding)],
                    [Padding(line.PaddingRight, line.Padding)]);
            case Pooling2DAttribute plane:
                int[] kernel = [Size(plane.KernelHeight, plane.Kernel), Size(plane.KernelWidth, plane.Kernel)];
                return new PeerWindow(
                    kernel,
                    [StrideOf(plane.StrideHeight, kernel[0]), StrideOf(plane.StrideWidth, kernel[1])],
                    plane is MaxPool2DAttribute { Dilation: var dilation } pool
                        ? [Size(pool.DilationHeight, dilation), Size(pool.DilationWidth, dilation)]
                        : [1, 1],
                    [Padding(plane.PaddingTop, plane.Padding), Padding(plane.PaddingLeft, plane.Padding)],
                    [Padding(plane.PaddingBottom, plane.Padding), Padding(plane.PaddingRight, plane.Padding)]);
            default:
                throw Unknown(layer);
        }

        // Without any stride, each axis moves by its own kernel.
        int StrideOf(int ofAxis, int kernelOfAxis) => Size(ofAxis, Size(layer.Stride, kernelOfAxis));
    }

    private static int Size(int ofAxis, int ofAll) => ofAxis == 0 ? ofAll : ofAxis;

    private static int Padding(int ofSide, int ofAll) => ofSide == -1 ? ofAll : ofSide;

    private static NotSupportedException Unknown(LayerAttribute layer) =>
        new($"{layer.GetType().Name} has no counterpart in PeerWindow yet.");
}
