using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Reads windows from the arguments of attributes; what is not given per axis or side is what is given for all.</summary>
internal static class WindowReader
{
    /// <summary>The window of a convolution over one axis: a kernel of 3 and a stride of 1, unless others are given.</summary>
    public static EquatableArray<AxisWindow> Convolution1D(AttributeArguments a) => One(a, a.Int32("Kernel", Defaults.Kernel), a.Int32("Stride", Defaults.Stride));

    /// <summary>The windows of a convolution over height and width.</summary>
    public static EquatableArray<AxisWindow> Convolution2D(AttributeArguments a) => Two(a, a.Int32("Kernel", Defaults.Kernel), a.Int32("Stride", Defaults.Stride));

    /// <summary>The window of pooling over one axis: windows follow each other unless a stride is given.</summary>
    public static EquatableArray<AxisWindow> Pooling1D(AttributeArguments a) => One(a, a.Int32("kernel"), a.Int32("Stride") is var stride && stride != 0 ? stride : a.Int32("kernel"));

    /// <summary>The windows of pooling over height and width.</summary>
    public static EquatableArray<AxisWindow> Pooling2D(AttributeArguments a) => Two(a, a.Int32("kernel"), a.Int32("Stride") is var stride && stride != 0 ? stride : null);

    /// <summary>The positions at the sides of the last one or two axes, where each side may have a number of its own.</summary>
    public static EquatableArray<Sides> Sides(AttributeArguments a, string name, string constructor, int axes)
    {
        int Side(string side) => a.Int32(name + side, Defaults.AsAll) is var own && own != Defaults.AsAll ? own : a.Int32(constructor);
        Sides[] sides = [new(axes == 1 ? 0 : Side("Top"), axes == 1 ? 0 : Side("Bottom")), new(Side("Left"), Side("Right"))];
        return sides.Skip(2 - axes).ToEquatableArray();
    }

    private static EquatableArray<AxisWindow> One(AttributeArguments a, int kernel, int stride) =>
        new[] { Axis(a, kernel, stride, a.Int32("Dilation", Defaults.Dilation), "Left", "Right") }.ToEquatableArray();

    /// <summary>Two axes; without a stride it is the kernel.</summary>
    private static EquatableArray<AxisWindow> Two(AttributeArguments a, int kernel, int? stride)
    {
        int Of(string name, int all) => a.Int32(name) is var own && own != 0 ? own : all;
        var (height, width) = (Of("KernelHeight", kernel), Of("KernelWidth", kernel));
        var dilation = a.Int32("Dilation", Defaults.Dilation);
        return new[]
        {
            Axis(a, height, Of("StrideHeight", stride ?? height), Of("DilationHeight", dilation), "Top", "Bottom"),
            Axis(a, width, Of("StrideWidth", stride ?? width), Of("DilationWidth", dilation), "Left", "Right"),
        }.ToEquatableArray();
    }

    private static AxisWindow Axis(AttributeArguments a, int kernel, int stride, int dilation, string before, string after)
    {
        var all = a.Int32("Padding");
        int Side(string name) => a.Int32("Padding" + name, Defaults.AsAll) is var own && own != Defaults.AsAll ? own : all;
        return new AxisWindow(kernel, stride, dilation, Side(before), Side(after), a.Choice<AutoPadding>("AutoPadding"), a.Boolean("CeilMode"));
    }
}
