using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>A target that does not fit is told by its sample's place in the user's data, whatever batch it came in.</summary>
public class RefusedTargetTests
{
    private const int Wrong = 13;

    private static readonly DataSet Data = Make();

    public static TheoryData<string, Action<Trainer<ProbabilityTargets>>> Calls => new()
    {
        { "training data", trainer => trainer.Fit(Data, epochs: 1) },
        { "training data", trainer => trainer.OverfitOneBatch(Data, steps: 1) },
        { "training data", trainer => trainer.FindLearningRate(Data, 1e-6f, 1, steps: 50) },
        { "samples to evaluate", trainer => trainer.Evaluate(Data) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_wrong_target_is_told_by_its_sample(string what, Action<Trainer<ProbabilityTargets>> call)
    {
        var options = new TrainerOptions { Seed = 3, Threads = 1, Warnings = TextWriter.Null };
        var trainer = new Trainer<ProbabilityTargets>(new ProbabilityTargets(seed: 1), new Sgd(0.1f), options);

        var error = Assert.Throws<ArgumentException>(() => call(trainer));

        Assert.StartsWith($"In the {what}, sample {Wrong}: BinaryCrossEntropyLoss takes numbers from 0 to 1; target 0 is -1.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, -1, "-1")]
    [InlineData(1, 2, "2")]
    public void Labels_of_two_classes_that_are_not_0_and_1_are_refused_by_their_first_sample(float fits, float fitsNot, string told)
    {
        float[] labels = [.. Enumerable.Range(0, 40).Select(sample => sample < 10 || sample % 3 == 0 ? fits : fitsNot)];

        Refused(new Trainer<ProbabilityTargets>(new ProbabilityTargets(seed: 1), new Sgd(0.1f)), labels, "BinaryCrossEntropyLoss");
        Refused(new Trainer<LogitTargets>(new LogitTargets(seed: 1), new Sgd(0.1f)), [.. labels.SelectMany(label => Enumerable.Repeat(label, LogitTargets.TargetLength))], "BinaryCrossEntropyWithLogitsLoss");

        void Refused<TNetwork>(Trainer<TNetwork> trainer, float[] targets, string loss)
            where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            var data = new DataSet(TNetwork.InputLength, TNetwork.TargetLength, new float[40 * TNetwork.InputLength], targets);
            var before = trainer.Network.Weights.Values.ToArray();

            var error = Assert.Throws<ArgumentException>(() => trainer.Fit(data, epochs: 1));

            Assert.StartsWith($"In the training data, sample 10: {loss} takes numbers from 0 to 1; target 0 is {told}.", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, trainer.Network.Weights.Values.ToArray());
        }
    }

    [Theory]
    [InlineData(-1f, "-1")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_wrong_weight_of_a_source_is_told_by_its_sample(float weight, string text)
    {
        var data = new DataSet(ProbabilityTargets.InputLength, ProbabilityTargets.TargetLength, new float[16 * ProbabilityTargets.InputLength], new float[16 * ProbabilityTargets.TargetLength]);
        var trainer = new Trainer<ProbabilityTargets>(new ProbabilityTargets(seed: 1), new Sgd(0.1f), new TrainerOptions { Seed = 3, Threads = 1, Warnings = TextWriter.Null });

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(new Weighted(data, weight), epochs: 1));

        Assert.StartsWith($"In the training data, sample {Wrong}: Expected finite sample weights of 0 or more; that is {text}.", error.Message, StringComparison.Ordinal);
    }

    private sealed class Weighted(DataSet data, float weight) : DataSource
    {
        public override int Count => data.Count;

        public override int InputLength => data.InputLength;

        public override int TargetLength => data.TargetLength;

        public override bool HasSampleWeights => true;

        public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs) => data.GatherInputs(samples, inputs);

        public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets) => data.GatherTargets(samples, targets);

        public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
        {
            for (var i = 0; i < samples.Length; i++)
                weights[i] = samples[i] == Wrong ? weight : 1;
        }
    }

    // One batch, shuffled, so that each call meets the wrong target in another place than its own.
    private static DataSet Make()
    {
        var targets = new float[16 * ProbabilityTargets.TargetLength];
        targets[Wrong * ProbabilityTargets.TargetLength] = -1;
        return new DataSet(ProbabilityTargets.InputLength, ProbabilityTargets.TargetLength, new float[16 * ProbabilityTargets.InputLength], targets);
    }
}
