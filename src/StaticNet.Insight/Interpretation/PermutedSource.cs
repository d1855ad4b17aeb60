using StaticNet.Data;

namespace StaticNet.Insight;

/// <summary>The samples of a data set, where each has one number of its input from another sample.</summary>
/// <param name="data">The samples.</param>
/// <param name="feature">The place of the number in an input.</param>
/// <param name="order">The sample that each sample has it from.</param>
internal sealed class PermutedSource(DataSet data, int feature, int[] order) : SourceWrapper(data)
{
    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        base.GatherInputs(samples, inputs);
        for (var index = 0; index < samples.Length; index++)
            inputs[(index * InputLength) + feature] = data.Inputs[(order[samples[index]] * InputLength) + feature];
    }
}
