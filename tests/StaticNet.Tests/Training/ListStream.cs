using StaticNet.Data;

namespace StaticNet.Tests.Training;

/// <summary>The samples of a data set, one after the other.</summary>
internal sealed class ListStream(DataSet data) : SampleStream
{
    public List<int> Passes { get; } = [];

    public int SamplesRead { get; private set; }

    public int EndsAfter { get; init; } = int.MaxValue;

    public override int Count => data.Count;

    public override int InputLength => data.InputLength;

    public override int TargetLength => data.TargetLength;

    public override SampleReader Open(int epoch)
    {
        Passes.Add(epoch);
        return new Reader(this, data);
    }

    private sealed class Reader(ListStream stream, DataSet data) : SampleReader
    {
        private int _next;

        public override bool Read(Span<float> input, Span<float> target, out float weight)
        {
            weight = 1;
            if (_next == Math.Min(data.Count, stream.EndsAfter))
                return false;
            data.Input(_next).CopyTo(input);
            data.Target(_next++).CopyTo(target);
            stream.SamplesRead++;
            return true;
        }
    }
}
