using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Tests.Generated;

/// <summary>A generated network in the hands of a user: trained, stored, loaded into its twin, shared.</summary>
public class IrisTests
{
    [Fact]
    public void Trains_until_it_is_no_longer_better_and_keeps_the_best_weights()
    {
        var network = new Iris(seed: 1);
        var (train, test) = Data().Split(0.8, seed: 1, stratified: true);
        network.SetScaling(Scaler.Standard(train.Inputs, Iris.InputLength));
        var stopping = new EarlyStopping(patience: 8);
        var trainer = new Trainer<Iris>(network, new Adam(0.02f), new TrainerOptions { Callbacks = [stopping] });

        var history = trainer.Fit(train, epochs: 200, test);

        Assert.True(history.Epochs.Count < 200);
        Assert.Equal(StopReason.Callback, history.StopReason);
        var evaluation = trainer.Evaluate(test);
        Assert.Equal(stopping.BestValue, evaluation.Loss, 1e-6);
        Assert.True(evaluation["accuracy"] >= 0.9);
    }

    [Fact]
    public void The_same_seed_trains_to_the_same_bits_and_another_does_not()
    {
        static float[] Train(ulong seed)
        {
            var network = new Iris(seed);
            new Trainer<Iris>(network, new Adam(), new TrainerOptions { Seed = seed }).Fit(Data(), 2);
            return network.Weights.Values.ToArray();
        }

        Assert.Equal(Train(3), Train(3));
        Assert.NotEqual(Train(3), Train(4));
    }

    [Fact]
    public void A_state_dict_brings_back_every_bit()
    {
        var (trained, other) = (Trained(), new Iris(9));
        Assert.NotEqual(trained.Weights.Values.ToArray(), other.Weights.Values.ToArray());

        other.LoadStateDict(trained.ToStateDict());

        Assert.Equal(trained.Weights.Values.ToArray(), other.Weights.Values.ToArray());
        Assert.Equal(Outputs(trained), Outputs(other));
    }

    [Fact]
    public void The_twin_gives_the_same_bits_from_the_same_file()
    {
        var trained = Trained();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            trained.SaveSafetensors(path);
            var twin = new IrisInference();
            twin.LoadSafetensors(path);

            Assert.Equal(Outputs(trained), Outputs(twin));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Two_threads_share_the_weights()
    {
        var trained = Trained();
        var expected = Outputs(trained);
        var shared = trained.ShareWeights();
        float[][] first = [], second = [];

        var other = new Thread(() => second = [.. Enumerable.Range(0, 200).Select(_ => Outputs(shared))]);
        other.Start();
        first = [.. Enumerable.Range(0, 200).Select(_ => Outputs(trained))];
        other.Join();

        Assert.Equal(400, first.Length + second.Length);
        Assert.All(first.Concat(second), outputs => Assert.Equal(expected, outputs));
        Assert.Same(trained.Weights, shared.Weights);
    }

    private static DataSet Data()
    {
        // The first line counts samples and features.
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "iris.csv")).Skip(1);
        float[][] rows = [.. lines.Select(line => Array.ConvertAll(line.Split(','), text => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))];
        return new DataSet(4, 1, [.. rows.SelectMany(row => row[..4])], [.. rows.Select(row => row[4])]);
    }

    private static Iris Trained()
    {
        var network = new Iris(5);
        new Trainer<Iris>(network, new Adam()).Fit(Data(), 3);
        return network;
    }

    private static float[] Outputs<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var data = Data();
        var outputs = new float[data.Count * TNetwork.Description.OutputLength];
        network.ForwardBatch(data.Inputs, outputs, data.Count);
        return outputs;
    }
}
