namespace StaticNet.Onnx.Mapping;

/// <summary>A window along one axis.</summary>
internal sealed record WindowAxis(int Size, int Kernel, int Stride, int Dilation, int Start, int End)
{
    /// <summary>From the first to the last element that the window reads.</summary>
    public int Span => (Dilation * (Kernel - 1)) + 1;

    public int ConvolutionOutput => Size + Start + End >= Span
        ? ((Size + Start + End - Span) / Stride) + 1
        : throw new ModelFaultException($"its window of {Span} does not fit an axis of {Size}");

    /// <summary>The number of windows; if it is rounded up, the last must start inside the input or the padding before it.</summary>
    public int PoolingOutput(bool isCeil)
    {
        if (!isCeil)
            return ConvolutionOutput;
        var count = ((Size + Start + End - Span + Stride - 1) / Stride) + 1;
        return (count - 1) * Stride >= Size + Start ? count - 1 : count;
    }
}
