namespace StaticNet.Optimizers;

/// <summary>
/// The parameters that a step changes: runs of neighbours that are treated alike, and the same cut into blocks, of which any
/// range can be worked on by any thread. Made again when parameters are frozen or unfrozen.
/// </summary>
internal sealed class UpdatePlan
{
    /// <summary>The most floats of a block: 16 KB, a part of a core's cache whatever the number of states.</summary>
    public const int BlockLength = 4096;

    private UpdatePlan(UpdateRun[] runs)
    {
        Runs = runs;
        BlockCount = runs.Length == 0 ? 0 : runs[^1].EndBlock;
    }

    /// <summary>The runs by ascending offset.</summary>
    public UpdateRun[] Runs { get; }

    /// <summary>The number of blocks.</summary>
    public int BlockCount { get; }

    /// <summary>Makes the plan.</summary>
    /// <param name="parameters">The trainable parameters.</param>
    /// <param name="settings">How each one is treated.</param>
    /// <param name="progress">Which are frozen, and the steps that each one has missed.</param>
    /// <param name="apart">Whether each parameter is a separate run, because it is clipped separately.</param>
    public static UpdatePlan Of(
        ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<ParameterSettings> settings, ParameterProgress progress, bool apart)
    {
        var runs = new List<UpdateRun>();
        for (var index = 0; index < parameters.Length; index++)
        {
            if (progress.IsFrozen(index))
                continue;
            var (offset, length, missed) = (parameters[index].Offset, parameters[index].PackedLength, progress.Missed(index));
            if (!apart && runs.Count > 0 && runs[^1].End == offset && runs[^1].Settings == settings[index] && runs[^1].Missed == missed)
                runs[^1] = runs[^1] with { Length = runs[^1].Length + length };
            else
                runs.Add(new UpdateRun(offset, length, settings[index], missed, runs.Count == 0 ? 0 : runs[^1].EndBlock));
        }

        return new UpdatePlan([.. runs]);
    }
}

/// <summary>Neighbouring parameters that are treated alike.</summary>
/// <param name="Offset">Where they start, in floats.</param>
/// <param name="Length">How many floats they are, a multiple of 16.</param>
/// <param name="Settings">How they are treated.</param>
/// <param name="Missed">The steps that they have missed, being frozen.</param>
/// <param name="FirstBlock">The number of their first block.</param>
internal readonly record struct UpdateRun(int Offset, int Length, ParameterSettings Settings, long Missed, int FirstBlock)
{
    /// <summary>Where they end, exclusive.</summary>
    public int End => Offset + Length;

    /// <summary>The number after that of their last block.</summary>
    public int EndBlock => FirstBlock + ((Length + UpdatePlan.BlockLength - 1) / UpdatePlan.BlockLength);

    /// <summary>The floats of those of its blocks that are in a range of blocks; blocks of a run are neighbours.</summary>
    /// <param name="begin">The range's first block.</param>
    /// <param name="end">The range's end, exclusive.</param>
    /// <returns>Offset and length; a length of 0 where there are none.</returns>
    public (int Offset, int Length) Part(int begin, int end)
    {
        var first = Math.Max(begin, FirstBlock) - FirstBlock;
        var last = Math.Min(end, EndBlock) - FirstBlock;
        if (first >= last)
            return (Offset, 0);
        var start = first * UpdatePlan.BlockLength;
        return (Offset + start, (int)Math.Min((long)last * UpdatePlan.BlockLength, Length) - start);
    }
}
