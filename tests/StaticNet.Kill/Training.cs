using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;

namespace StaticNet.Kill;

/// <summary>The training that is killed: the digits, with everything on that keeps something from one batch to another.</summary>
internal static class Training
{
    public const string Begun = "training";

    private const int Epochs = 60;
    private const string Checkpoints = "checkpoints";

    /// <summary>What a finished training leaves; the names of its files.</summary>
    public static IReadOnlyList<string> Results { get; } = ["final.safetensors", "history.csv"];

    /// <summary>Trains, or goes on, in a folder.</summary>
    public static void Run(string folder)
    {
        var data = Digits();
        var network = new KilledNetwork(seed: 1);
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
        var trainer = new Trainer<KilledNetwork>(network, optimizer, options);
        var history = trainer.Fit(data, Epochs, validationFraction: 0.2, resumeFrom: Path.Combine(folder, Checkpoints));

        // The history without the seconds that it took, and last what tells the parent that all is there.
        File.WriteAllLines(Path.Combine(folder, Results[1]), history.ToCsv().Split('\n').Select(line => line[..(line.LastIndexOf(',') + 1)]));
        network.SaveSafetensors(Path.Combine(folder, Results[0]));
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
