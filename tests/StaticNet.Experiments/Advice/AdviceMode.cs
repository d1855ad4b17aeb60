using System.Diagnostics;
using Digits;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Experiments.Advice;

/// <summary>What the advice of the analyzers is worth: networks that break a rule, and the same with the rule kept.</summary>
internal static class AdviceMode
{
    private const int Seeds = 3, Calls = 200, Samples = 256;

    private static (DataSet Train, DataSet Test) _digits, _quadrants, _products, _memories;

    public static void Run()
    {
        _digits = DigitsData.Load().Split(0.8, seed: 1, stratified: true);
        _quadrants = Plane((x, y) => x * y > 0 ? 1 : 0);
        _products = Plane((x, y) => x * y);
        _memories = Memories();
        Console.WriteLine($"8×8 digits, 10 epochs of Adam at 0.002, batches of 32 unless stated otherwise; means of {Seeds} seeds, on samples that were held out.\n");
        Console.WriteLine("| rule | demonstration | broken | kept |");
        Console.WriteLine("|---|---|---:|---:|");

        Row(1001, "the sign of x·y, layers without and with a ReLU: accuracy", Percent(Binary<Linear>()), Percent(Binary<Rectified>()));
        Row(1002, "64-16-10 of equal weights, in both layers and in one: accuracy", Percent(OfDigits<EqualWeights>()), Percent(OfDigits<RandomWeights>()));
        Row(1003, "64-32-10, a ReLU after zero and after random weights: accuracy", Percent(OfDigits<ZeroWeights>()), Percent(OfDigits<Plain>()));
        Row(1004, "twelve rectified layers with Glorot's and He's weights: accuracy after one epoch", Percent(OfDigits<DeepGlorot>(1)), Percent(OfDigits<DeepHe>(1)));
        Row(1005, "six layers of sigmoids and of ReLUs: accuracy", Percent(OfDigits<DeepSigmoid>()), Percent(OfDigits<DeepRectified>()));
        Row(1006, "the sign of x·y, an output that begins at a bias of −6, squared error and cross-entropy, plain gradient descent at 0.1: accuracy", Percent(Binary<SquaredSigmoid>(0.5f, new Sgd(0.1f))), Percent(Binary<EntropySigmoid>(0.5f, new Sgd(0.1f))));
        Row(1007, "logits after a ReLU and without: accuracy", Percent(OfDigits<RectifiedLogits>()), Percent(OfDigits<Plain>()));
        Row(1008, "the sign of x·y, the loss of probabilities without a sigmoid, and the loss of logits: accuracy", Percent(Binary<NoProbabilities>(0.5f)), Percent(Binary<Logits>()));
        Row(1009, "the product x·y, a rectified and a linear output: mean squared error", $"{Error<RectifiedOutput>():F3}", $"{Error<LinearOutput>():F3}");
        Row(1010, "dropout of 80 % and of 50 %: accuracy", Percent(OfDigits<MuchDropout>()), Percent(OfDigits<HalfDropout>()));
        Row(1011, "the product x·y, an output of which one half is dropped, and without: mean squared error", $"{Error<DroppedOutput>():F3}", $"{Error<LinearOutput>():F3}");
        Row(1012, "dropout before and after two batch norms: accuracy", Percent(OfDigits<DropoutThenNorm>()), Percent(OfDigits<NormThenDropout>()));
        Row(1014, "batches of 2, batch norm and layer norm: accuracy", Percent(OfDigits<NormOfTwo>()), Percent(OfDigits<NormOfSamples>()));
        Row(1018, "2 and 16 units before ten classes: accuracy", Percent(OfDigits<Bottleneck>()), Percent(OfDigits<Wide>()));
        Row(1021, "the first of 60 steps, a receptive field of 8 and of 64 steps: accuracy", Percent(OfMemories<ShortField>()), Percent(OfMemories<LongField>()));
        Row(1025, "a softmax and a ReLU between layers: accuracy", Percent(OfDigits<InnerSoftmax>()), Percent(OfDigits<Plain>()));
        Row(1027, "the first of 60 steps, a simple layer and an LSTM: accuracy", Percent(OfMemories<SimpleMemory>()), Percent(OfMemories<KeepingMemory>()));
        Row(1028, "the first of 60 steps, an LSTM with a forget bias of 0 and of 1: accuracy", Percent(OfMemories<ForgettingMemory>()), Percent(OfMemories<KeepingMemory>()));
        Row(1029, "label smoothing of 0.9 and of 0.1: mean probability of the right class", Percent(Certainty<Smoothed>()), Percent(Certainty<SlightlySmoothed>()));
        Row(1030, "64-33-33-10 and 64-32-32-10: time per sample, in batches", Time(Batches<Above>()), Time(Batches<Whole>()));
        Row(1031, "784-1024-10 in 32 and in 16 bits: time per call", Time(Ones<LargeModel>()), Time(Ones<HalfModel>()));
        Row(1033, "64-32-10, random and trained weights: accuracy", Percent(OfDigits<Plain>(0)), Percent(OfDigits<Plain>()));
        Row(1038, "784-1024-10, one by one and in batches: time per sample", Time(Ones<LargeModel>()), Time(Batches<LargeModel>()));
    }

    private static void Row(int rule, string what, string broken, string kept) => Console.WriteLine($"| SN{rule} | {what} | {broken} | {kept} |");

    private static double OfDigits<TNetwork>(int epochs = 10)
        where TNetwork : class, ITrainableNetwork<TNetwork> => Mean<TNetwork>(_digits, epochs, (trainer, test) => trainer.Evaluate(test)["accuracy"]);

    private static double OfMemories<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork> => Mean<TNetwork>(_memories, 20, (trainer, test) => Agreement(trainer, test, 0));

    private static double Binary<TNetwork>(float threshold = 0, Sgd? optimizer = null)
        where TNetwork : class, ITrainableNetwork<TNetwork> => Mean<TNetwork>(_quadrants, optimizer is null ? 20 : 5, (trainer, test) => Agreement(trainer, test, threshold), optimizer);

    private static double Error<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork> => Mean<TNetwork>(_products, 20, (trainer, test) => Outputs(trainer, test).Zip(test.Targets.ToArray(), (output, target) => (double)(output - target) * (output - target)).Average());

    private static double Certainty<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork> => Mean<TNetwork>(_digits, 10, (trainer, test) =>
        {
            var outputs = Outputs(trainer, test);
            return Enumerable.Range(0, test.Count).Average(sample =>
            {
                var logits = outputs.AsSpan(sample * 10, 10).ToArray();
                var right = (int)test.Targets[sample];
                return Math.Exp(logits[right]) / logits.Sum(logit => Math.Exp(logit));
            });
        });

    /// <summary>Trains with several seeds, and measures each time.</summary>
    private static double Mean<TNetwork>((DataSet Train, DataSet Test) data, int epochs, Func<Trainer<TNetwork>, DataSet, double> measure, Sgd? optimizer = null)
        where TNetwork : class, ITrainableNetwork<TNetwork> => Enumerable.Range(1, Seeds).Average(seed =>
        {
            var network = TNetwork.Create((ulong)seed);
            network.SetScaling(inputs: Scaler.Standard(data.Train.Inputs, length: 1));
            var trainer = new Trainer<TNetwork>(network, optimizer is null ? new Adam(2e-3f) : new Sgd(optimizer.LearningRate), new TrainerOptions { Seed = (ulong)seed, Threads = 1, Progress = false, Warnings = TextWriter.Null });
            try
            {
                if (epochs > 0)
                    trainer.Fit(data.Train, epochs);
                return measure(trainer, data.Test);
            }
            catch (TrainingDivergedException)
            {
                return double.NaN;
            }
        });

    private static double Agreement(Trainer trainer, DataSet test, float threshold) =>
        Outputs(trainer, test).Zip(test.Targets.ToArray(), (output, target) => (output > threshold) == (target > 0.5f) ? 1.0 : 0).Average();

    private static float[] Outputs(Trainer trainer, DataSet test)
    {
        var outputs = new float[test.Count * trainer.Description.OutputLength];
        trainer.Predict(test.Inputs, outputs);
        return outputs;
    }

    /// <summary>Points of a square with a function of their coordinates.</summary>
    private static (DataSet Train, DataSet Test) Plane(Func<float, float, float> function)
    {
        var random = new Random(1);
        var inputs = Enumerable.Range(0, 4000).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        return new DataSet(2, 1, inputs, [.. inputs.Chunk(2).Select(point => function(point[0], point[1]))]).Split(0.8, seed: 1);
    }

    /// <summary>Noise of 60 steps after a first step of 1 or −1, which is the class.</summary>
    private static (DataSet Train, DataSet Test) Memories()
    {
        const int steps = 60;
        var random = new Random(1);
        var inputs = Enumerable.Range(0, 1000 * steps).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        for (var sample = 0; sample < 1000; sample++)
            inputs[sample * steps] = random.Next(2) == 0 ? -1 : 1;
        return new DataSet(steps, 1, inputs, [.. inputs.Chunk(steps).Select(sample => sample[0] > 0 ? 1f : 0f)]).Split(0.8, seed: 1);
    }

    /// <summary>The nanoseconds of a sample, one by one.</summary>
    private static double Ones<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var (network, input, output) = Prepared<TNetwork>(1);
        return Least(() =>
        {
            for (var call = 0; call < Samples; call++)
                network.Forward(input, output);
        }) / Samples;
    }

    /// <summary>The nanoseconds of a sample, in batches.</summary>
    private static double Batches<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var (network, inputs, outputs) = Prepared<TNetwork>(Samples);
        return Least(() => network.ForwardBatch(inputs, outputs, Samples)) / Samples;
    }

    private static (TNetwork Network, float[] Inputs, float[] Outputs) Prepared<TNetwork>(int samples)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.Weights.Edit().Fill(0.01f);
        return (network, new float[samples * TNetwork.InputLength], new float[samples * TNetwork.OutputLength]);
    }

    private static double Least(Action run)
    {
        var least = double.MaxValue;
        for (var call = 0; call < Calls; call++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return least;
    }

    private static string Percent(double share) => double.IsNaN(share) ? "diverges" : $"{share * 100:F1} %";

    private static string Time(double nanoseconds) => nanoseconds < 1000 ? $"{nanoseconds:F0} ns" : $"{nanoseconds / 1000:F1} µs";
}
