using StaticNet.Data;

namespace StaticNet.Tests.Generated;

/// <summary>A source that fails at one sample.</summary>
internal sealed class CutSource(DataSource data, int end) : DataSource
{
    public override int Count => data.Count;

    public override int InputLength => data.InputLength;

    public override int TargetLength => data.TargetLength;

    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        if (samples.Contains(end))
            throw new IOException("The disk is gone.");
        data.GatherInputs(samples, inputs);
    }

    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets) => data.GatherTargets(samples, targets);
}
