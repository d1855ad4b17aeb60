namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>How a kernel moves over its input; each list has one entry a spatial axis, height before width.</summary>
/// <param name="Kernel">The kernel's sizes.</param>
/// <param name="Strides">The steps from one output to the next.</param>
/// <param name="Dilations">The distances between the kernel's taps.</param>
/// <param name="Begins">The padding before the first element.</param>
/// <param name="Ends">The padding behind the last element.</param>
internal sealed record PeerWindow(int[] Kernel, int[] Strides, int[] Dilations, int[] Begins, int[] Ends)
{
    /// <summary>Replaces the padding by the one that makes the output ⌈input / stride⌉ long.</summary>
    /// <param name="padding">Where the odd element goes; with none the numbers stay.</param>
    /// <param name="input">The input's spatial sizes.</param>
    public PeerWindow Pad(AutoPadding padding, ReadOnlySpan<int> input)
    {
        if (padding == AutoPadding.None)
            return this;
        var (begins, ends) = (new int[Kernel.Length], new int[Kernel.Length]);
        for (var axis = 0; axis < Kernel.Length; axis++)
        {
            var output = (input[axis] + Strides[axis] - 1) / Strides[axis];
            var total = Math.Max(((output - 1) * Strides[axis]) + Reach(axis) - input[axis], 0);
            begins[axis] = padding == AutoPadding.Same ? total / 2 : total - (total / 2);
            ends[axis] = total - begins[axis];
        }

        return this with { Begins = begins, Ends = ends };
    }

    /// <summary>The output's spatial sizes.</summary>
    /// <param name="input">The input's spatial sizes.</param>
    /// <param name="ceiling">
    /// Whether a last window may reach over the end; it must start in the input or the padding before it.
    /// </param>
    public int[] Output(ReadOnlySpan<int> input, bool ceiling = false)
    {
        var output = new int[Kernel.Length];
        for (var axis = 0; axis < output.Length; axis++)
        {
            var way = input[axis] + Begins[axis] + Ends[axis] - Reach(axis);
            output[axis] = ((ceiling ? way + Strides[axis] - 1 : way) / Strides[axis]) + 1;
            if (ceiling && (output[axis] - 1) * Strides[axis] >= input[axis] + Begins[axis])
                output[axis]--;
        }

        return output;
    }

    /// <summary>The sizes of a transposed convolution's output.</summary>
    /// <param name="input">The input's spatial sizes.</param>
    /// <param name="outputPadding">What is added at the end.</param>
    public int[] TransposedOutput(ReadOnlySpan<int> input, int[] outputPadding)
    {
        var output = new int[Kernel.Length];
        for (var axis = 0; axis < output.Length; axis++)
            output[axis] = ((input[axis] - 1) * Strides[axis]) - Begins[axis] - Ends[axis] + Reach(axis) + outputPadding[axis];
        return output;
    }

    private int Reach(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;
}
