using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Channels that a kernel takes some at a time, as many in each step of a loop.</summary>
/// <param name="First">The first channel.</param>
/// <param name="Count">The steps.</param>
/// <param name="Size">The channels of a step.</param>
internal sealed record ChannelRun(int First, int Count, int Size)
{
    /// <summary>Covers channels with steps of at most the given size; sizes are equalised (8 = 4 + 4).</summary>
    public static IReadOnlyList<ChannelRun> Cover(int channels, int most)
    {
        var steps = ((channels - 1) / most) + 1;
        var (small, larger) = (channels / steps, channels % steps);
        var runs = new List<ChannelRun>();
        if (larger > 0)
            runs.Add(new ChannelRun(0, larger, small + 1));
        if (larger < steps)
            runs.Add(new ChannelRun(larger * (small + 1), steps - larger, small));
        return runs;
    }

    /// <summary>Writes the loops over the steps, or the one step; the body takes the channels of a step and the expression of the first.</summary>
    public static void WriteLoops(CodeWriter writer, IReadOnlyList<ChannelRun> runs, string name, Action<int, string> body)
    {
        foreach (var run in runs)
        {
            if (run.Count > 1)
                writer.Block($"for (var {name} = {run.First}; {name} < {run.First + (run.Count * run.Size)}; {name} += {run.Size})", () => body(run.Size, name));
            else
                writer.Scoped(runs.Count > 1, () => body(run.Size, Literal.Of(run.First)));
        }
    }
}
