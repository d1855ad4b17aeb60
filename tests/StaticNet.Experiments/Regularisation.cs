using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Experiments;

/// <summary>What helps a small network that learns from a thousand images.</summary>
internal static class Regularisation
{
    private const int Images = 1000;
    private const int Epochs = 200;
    private const int Runs = 5;

    public static void Run(DataSet train, DataSet test)
    {
        Console.WriteLine($"{Images:N0} training images of Fashion-MNIST, 784-30-10 with sigmoids, Adam at 0.001, batches of 10, {Epochs} epochs;");
        Console.WriteLine($"means and standard deviations of {Runs} runs, each with different images; 10,000 test images.\n");
        Console.WriteLine("| | training accuracy | test accuracy | gain |");
        Console.WriteLine("|---|---:|---:|---:|");
        var plain = Measure<Textbook>("nothing", train, test, weightDecay: 0, isAugmented: false, null);
        Measure<Textbook>("L2, 0.0003", train, test, weightDecay: 3e-4f, isAugmented: false, plain);
        Measure<TextbookWithDropout>("dropout, 0.2", train, test, weightDecay: 0, isAugmented: false, plain);
        Measure<Textbook>("augmentation: moved by up to a pixel, noise", train, test, weightDecay: 0, isAugmented: true, plain);
        Measure<TextbookWithDropout>("all three", train, test, weightDecay: 3e-4f, isAugmented: true, plain);
    }

    private static double Measure<TNetwork>(string name, DataSet train, DataSet test, float weightDecay, bool isAugmented, double? plain)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var results = Enumerable.Range(1, Runs).Select(run =>
        {
            var few = train.Split((double)Images / train.Count, seed: (ulong)run, stratified: true).First;
            var options = new TrainerOptions
            {
                Seed = (ulong)run,
                Progress = false,
                Transform = isAugmented ? new AugmentationPipeline(new ImageShape(1, 28, 28), [new RandomCrop(padding: 1), new GaussianNoise(0.1f)], (ulong)run) : null,
            };
            var trainer = new Trainer<TNetwork>(TNetwork.Create((ulong)run), new Adam(1e-3f) { WeightDecay = weightDecay }, options);
            trainer.Fit(few, Epochs);
            return (Train: trainer.Evaluate(few)["accuracy"], Test: trainer.Evaluate(test)["accuracy"]);
        }).ToArray();
        var mean = results.Average(result => result.Test);
        var deviation = Math.Sqrt(results.Sum(result => (result.Test - mean) * (result.Test - mean)) / (Runs - 1));
        Console.WriteLine($"| {name} | {results.Average(result => result.Train) * 100:F1} % | {mean * 100:F1} ± {deviation * 100:F1} % | {(plain is { } before ? $"{(mean - before) * 100:+0.0;-0.0} %" : "")} |");
        return mean;
    }
}
