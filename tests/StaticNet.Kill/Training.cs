using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Kill;

/// <summary>The trainings that are killed, on digits: between them they have everything on that keeps something from one batch to another.</summary>
internal static class Training
{
    public const string Begun = "training";

    private const string Plain = "plain";
    private const string Varied = "varied";
    private const string Checkpoints = "checkpoints";

    /// <summary>The kinds of trainings.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Plain, Varied];

    /// <summary>What a finished training leaves; the names of its files.</summary>
    public static IReadOnlyList<string> Results { get; } = ["final.safetensors", "history.csv"];

    /// <summary>Trains, or goes on, in a folder.</summary>
    public static void Run(string kind, string folder)
    {
        var network = new KilledNetwork(seed: 1);
        var history = kind == Plain ? RunPlain(network, folder) : RunVaried(network, folder);

        // The history without the seconds that it took, and last what tells the parent that all is there.
        File.WriteAllLines(Path.Combine(folder, Results[1]), history.ToCsv().Split('\n').Select(line => line[..(line.LastIndexOf(',') + 1)]));
        network.SaveSafetensors(Path.Combine(folder, Results[0]));
    }

    /// <summary>Steps of several batches, a schedule, and early stopping.</summary>
    private static History RunPlain(KilledNetwork network, string folder)
    {
        var data = Digits();
        network.SetScaling(inputs: Scaler.MinMax(data.Inputs, length: 1));
        var options = new TrainerOptions
        {
            Seed = 2,
            AccumulateBatches = 2,
            Callbacks =
            [
                new CheckpointCallback(Path.Combine(folder, Checkpoints)) { EveryBatches = 4, Monitor = "validation_loss", KeepBest = 3 },
                new EarlyStopping("validation_loss", patience: 40),
                new Announcement(),
            ],
        };
        var optimizer = new AdamW(3e-3f) { Schedule = new CosineDecay(3_000), ClipNorm = 1 };
        return new Trainer<KilledNetwork>(network, optimizer, options).Fit(data, epochs: 60, validationFraction: 0.2, resumeFrom: Path.Combine(folder, Checkpoints));
    }

    /// <summary>A rate that falls on plateaus, samples drawn by weights and augmented, batches made ahead, and two threads.</summary>
    private static History RunVaried(KilledNetwork network, string folder)
    {
        var (train, validation) = Digits().Split(0.8, seed: 2, stratified: true);
        network.SetScaling(inputs: Scaler.MinMax(train.Inputs, length: 1));
        var weights = new float[train.Count];
        for (var sample = 0; sample < weights.Length; sample++)
            weights[sample] = 1 + train.Target(sample)[0];
        AugmentationStep[] steps = [new RandomCrop(padding: 1), new RandomRotation(degrees: 10), new GaussianNoise(0.5f)];
        var options = new TrainerOptions
        {
            Seed = 3,
            Threads = 2,
            Prefetch = true,
            Sampler = new WeightedSampler(weights, seed: 4),
            Transform = new AugmentationPipeline(new ImageShape(1, 8, 8), steps, seed: 5),
            Callbacks =
            [
                new ReduceOnPlateau("validation_loss", factor: 0.7f, patience: 1, cooldown: 1),
                new CheckpointCallback(Path.Combine(folder, Checkpoints)) { EveryBatches = 7, KeepLast = 3 },
                new Announcement(),
            ],
        };
        var optimizer = new Sgd(0.05f, momentum: 0.9f) { WeightDecay = 1e-4f };
        return new Trainer<KilledNetwork>(network, optimizer, options).Fit(train, epochs: 40, validation, resumeFrom: Path.Combine(folder, Checkpoints));
    }

    private static DataSet Digits()
    {
        using var stream = typeof(Training).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var buffered = new MemoryStream();
        stream.CopyTo(buffered);
        buffered.Position = 0;
        return CsvData.Read(buffered).Data;
    }

    /// <summary>Tells the parent that training goes on now, so that it can count what it kills.</summary>
    private sealed class Announcement : TrainingCallback
    {
        private bool _done;

        public override void OnBatchEnd(TrainingContext context)
        {
            if (_done)
                return;
            Console.WriteLine(Begun);
            _done = true;
        }
    }
}
