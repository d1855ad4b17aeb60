namespace StaticNet.Generator.Layers;

/// <summary>Reads windows from the arguments of attributes; what is not given per axis or side is what is given for all.</summary>
internal static class WindowReader
{
    /// <summary>One axis.</summary>
    public static EquatableArray<AxisWindow> One(AttributeArguments a, int kernel)
    {
        var auto = a.Choice("AutoPadding", AutoPaddingKind.None);
        return new[] { Axis(a, kernel, Stride(a, kernel), a.Int32("Dilation", 1), "Left", "Right", auto) }.ToEquatableArray();
    }

    /// <summary>Height and width.</summary>
    public static EquatableArray<AxisWindow> Two(AttributeArguments a, int kernel)
    {
        var auto = a.Choice("AutoPadding", AutoPaddingKind.None);
        int Of(string name, int all) => a.Int32(name) is var own && own != 0 ? own : all;
        var (height, width) = (Of("KernelHeight", kernel), Of("KernelWidth", kernel));
        var (stride, dilation) = (a.Int32("Stride", IsPooling(a) ? 0 : 1), a.Int32("Dilation", 1));
        return new[]
        {
            Axis(a, height, Of("StrideHeight", stride == 0 && IsPooling(a) ? height : stride), Of("DilationHeight", dilation), "Top", "Bottom", auto),
            Axis(a, width, Of("StrideWidth", stride == 0 && IsPooling(a) ? width : stride), Of("DilationWidth", dilation), "Left", "Right", auto),
        }.ToEquatableArray();
    }

    /// <summary>The positions at the sides of the last one or two axes, where each side may have a number of its own.</summary>
    public static EquatableArray<Sides> Sides(AttributeArguments a, string name, string constructor, int axes)
    {
        int Side(string side) => a.Int32(name + side, -1) is var own && own != -1 ? own : a.Int32(constructor);
        Sides[] sides = [new(axes == 1 ? 0 : Side("Top"), axes == 1 ? 0 : Side("Bottom")), new(Side("Left"), Side("Right"))];
        return sides.Skip(2 - axes).ToEquatableArray();
    }

    /// <summary>The kernel of a convolution.</summary>
    public static int Kernel(AttributeArguments a) => a.Int32("Kernel", 3);

    private static int Stride(AttributeArguments a, int kernel) => a.Int32("Stride", IsPooling(a) ? 0 : 1) is var stride && stride == 0 && IsPooling(a) ? kernel : stride;

    /// <summary>Windows of pooling follow each other unless a stride is given.</summary>
    private static bool IsPooling(AttributeArguments a) => a.Title.Contains("Pool") || a.Title.StartsWith("Subsampling", StringComparison.Ordinal);

    private static AxisWindow Axis(AttributeArguments a, int kernel, int stride, int dilation, string before, string after, AutoPaddingKind auto)
    {
        var all = a.Int32("Padding");
        int Side(string name) => a.Int32("Padding" + name, -1) is var own && own != -1 ? own : all;
        return new AxisWindow(kernel, stride, dilation, Side(before), Side(after), auto, a.Boolean("CeilMode", false));
    }
}
