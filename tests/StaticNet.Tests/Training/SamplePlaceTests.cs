using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Messages name a sample by its place in the user's own data, through splits and shuffled batches.</summary>
public class SamplePlaceTests
{
    private const int Wrong = 21;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_wrong_label_is_told_by_its_line_through_a_split(double share)
    {
        var data = Labelled(-1).WithPlaces(sample => $"line {sample + 2} of clouds.csv");
        var (first, second) = data.Split(share, seed: 5);
        var part = first.Targets.Contains(-1) ? first : second;
        var trainer = Make();

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(part, 1));

        Assert.StartsWith("In the training data, line 23 of clouds.csv: SoftmaxCrossEntropyLoss takes a class index", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pictures/cat/1.png")]
    [InlineData("éclair.wav")]
    [InlineData("")]
    public void The_users_own_words_for_a_place_stay_as_they_are(string place)
    {
        var error = Assert.Throws<ArgumentException>(() => Make().Fit(Labelled(-1).WithPlaces(_ => place), 1));

        Assert.StartsWith($"In the training data, {place}: SoftmaxCrossEntropyLoss takes a class index", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_part_names_the_sample_of_the_whole()
    {
        var part = Labelled(-1).Subset([40, Wrong, 3, 30]).Subset([3, 1, 0]);

        Assert.Equal(["sample 30", "sample 21", "sample 40"], Enumerable.Range(0, 3).Select(part.PlaceOf));
        Assert.Equal("sample 21", part.ScaleInputs(Scaler.Standard([0, 2], 1)).WithSampleWeights([1, 1, 1]).PlaceOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => part.PlaceOf(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void A_wrong_label_of_a_stream_is_told_by_its_place_in_it(int window)
    {
        var stream = new GeneratedStream(48, 2, 1, (number, input, target) =>
        {
            input.Clear();
            target[0] = number == Wrong ? 12 : number % 3;
        });

        var error = Assert.Throws<ArgumentException>(() => Make().Fit(stream, 1, window));
        var evaluated = Assert.Throws<ArgumentException>(() => Make().Evaluate(stream));

        Assert.StartsWith("In the training data, sample 21: ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("In the samples to evaluate, sample 21: ", evaluated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_no_number_is_told_by_its_place_in_shuffled_data()
    {
        var inputs = Labelled(1).Inputs.ToArray();
        inputs[(Wrong * 2) + 1] = float.NaN;
        var data = new DataSet(2, 1, inputs, Labelled(1).Targets.ToArray()).WithPlaces(sample => $"row {sample + 1}");

        var error = Assert.Throws<TrainingDivergedException>(() => Make().Fit(data, 1));

        Assert.Contains("The input of row 22 has NaN at 1 (counted from 0).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_data_are_checked_before_the_first_epoch()
    {
        var callback = new RecordingCallback();
        var trainer = new Trainer<IndexTargets>(new IndexTargets(seed: 1), new Adam(), new TrainerOptions { Callbacks = [callback], Warnings = TextWriter.Null });
        var before = trainer.Network.Weights.Values.ToArray();

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(Samples.Clouds(48), 2, Labelled(99).WithPlaces(sample => $"line {sample + 1} of test.csv")));

        Assert.StartsWith("In the validation samples, line 22 of test.csv: SoftmaxCrossEntropyLoss takes a class index, a whole number from 0 to 9; target 0 is 99.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.Network.Weights.Values.ToArray());
        Assert.Empty(callback.Calls);
    }

    [Fact]
    public void Batches_tell_the_numbers_of_their_samples()
    {
        var data = new DataSet(1, 1, [.. Enumerable.Range(0, 40).Select(sample => (float)sample)], new float[40]);
        foreach (var loader in new BatchLoader[] { new DataLoader(data, 7, seed: 3), new DataLoader(data, 7, seed: 3, prefetch: true), Streamed(1), Streamed(9) })
        {
            using (loader)
            {
                foreach (var batch in loader.Epoch(2))
                    Assert.Equal(batch.Inputs.ToArray().Select(input => (int)input % 40), batch.SampleNumbers.ToArray());
            }
        }

        static StreamLoader Streamed(int window) => new(new GeneratedStream(40, 1, 0, (number, input, _) => input[0] = number), 7, window, seed: 2);
    }

    private static Trainer<IndexTargets> Make() => new(new IndexTargets(seed: 1), new Adam(), new TrainerOptions { Seed = 3, Warnings = TextWriter.Null });

    private static DataSet Labelled(float wrong)
    {
        var targets = Samples.Clouds(48).Targets.ToArray();
        targets[Wrong] = wrong;
        return new DataSet(2, 1, Samples.Clouds(48).Inputs.ToArray(), targets);
    }
}
