namespace StaticNet.Data;

/// <summary>A source whose class indices become 0 and 1 for each class.</summary>
internal sealed class OneHotSource : SourceWrapper
{
    private readonly int[] _classes;

    public OneHotSource(DataSource source, int classes)
        : base(source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _classes = IndicesOf(source, classes);
        TargetLength = classes;
    }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <summary>The classes of samples whose target is an index.</summary>
    public static int[] IndicesOf(DataSource source, int classes)
    {
        if (source.TargetLength != 1)
            throw new ArgumentException(
                $"Expected targets of one number, the class index; they have {source.TargetLength} numbers.", nameof(source));
        return source.ReadClassIndices(classes);
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        targets.Clear();
        for (var i = 0; i < samples.Length; i++)
        {
            // Of an ignored sample, no class.
            if (_classes[samples[i]] is >= 0 and var index)
                targets[(i * TargetLength) + index] = 1f;
        }
    }
}
