using System.Globalization;
using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Networks.Tables;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Augmentation;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>
/// All that runs with each batch of a usual training, at once: scaling, prefetching, augmentation, averaged weights, training metrics, a
/// line of the log for each step. Rows of tables and photographs are two runs, because a network's samples are of one kind.
/// </summary>
public sealed class SteadyTrainingTests : IDisposable
{
    private const int Epochs = 6;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Averages => ["exponential", "mean"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Averages))]
    public void A_batch_of_rows_with_a_schema_allocates_nothing(string average)
    {
        var rows = Enumerable.Range(0, 800).Select(row => string.Create(CultureInfo.InvariantCulture, $"{(row % 9 == 0 ? "NA" : row % 7)},{row % 7 * 1000},{row % 5}"));
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.File("table.csv"), $"x,grams,price\n{string.Join('\n', rows)}\n");
        var table = Table.Load(_folder.File("table.csv"));
        var schema = TableSchema.Fit(table, [new NumberColumn("x") { Missing = MissingValue.Mean }], [new NumberTarget("grams"), new NumberTarget("price")]);
        var network = new TableNumbers(seed: 1);
        network.SetSchema(schema);
        var pipeline = new AugmentationPipeline(new ImageShape(1, 1, 1), [new GaussianNoise(0.01f)], seed: 1);

        var bytes = BytesOfEpochs(network, schema.ToDataSet(table), pipeline, average, batches: 200, new RootMeanSquaredError());

        Assert.Equal(0, bytes);
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void A_batch_of_photographs_with_a_scaling_allocates_nothing(string average)
    {
        using (var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "stripes.npy")))
        {
            for (var number = 0; stream.Position < stream.Length; number++)
            {
                byte[] file = [.. NpyFile.Read(stream).Values.Select(value => (byte)value)];
                var path = _folder.File($"images/{NpyFile.Read(stream).Values[0]}/{number}.jpg");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, file);
            }
        }

        var images = ImageFolderSource.Open(_folder.File("images"), new ImageFolderOptions { Shape = new ImageShape(3, 12, 12), Fit = ImageFit.Crop });
        var network = new TorchCnn(seed: 1);
        network.SetScaling(inputs: new Scaler([.. Enumerable.Repeat(0.5f, TorchCnn.InputLength)], [.. Enumerable.Repeat(0.25f, TorchCnn.InputLength)]));
        var pipeline = new AugmentationPipeline(
            images.Shape, [new HorizontalFlip(), new RandomCrop(padding: 1) { Border = Border.Reflect }, new RandomBrightness(0.2f), new Clamp(0, 1)], seed: 1);

        var bytes = BytesOfEpochs(network, images, pipeline, average, batches: 9, new Accuracy());

        Assert.Equal(0, bytes);
    }

    /// <summary>The bytes between the first and the last batch of an epoch: the least of all epochs but the first, because the runtime
    /// itself may allocate when it replaces a running loop by its optimised form.</summary>
    private long BytesOfEpochs<TNetwork>(TNetwork network, DataSource train, IBatchTransform transform, string average, int batches, Metric metric)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        AveragedWeights averaged = average == "mean" ? new StochasticWeightAverage(startEpoch: 1) { EverySteps = 2 } : new ExponentialAverage(0.99);
        var log = new CsvLog(_folder.File("log.csv")) { EverySteps = 1 };
        var counter = new ByteCounter();
        var trainer = Trainer.For(network, new AdamW(learningRate: 1e-3f) { ClipNorm = 1 }, new TrainerOptions
        {
            BatchSize = 4,
            Callbacks = [averaged, log, new TextProgress(TextWriter.Null, live: true), counter],
            Metrics = [metric],
            TrainingMetrics = true,
            Transform = transform,
            Prefetch = true,
            Threads = 2,
            Seed = 1,
            Warnings = TextWriter.Null,
        });

        trainer.Fit(train, Epochs, validation: train);

        Assert.Equal(Epochs * batches, trainer.CompletedSteps);
        Assert.Equal(1 + (Epochs * batches), File.ReadAllLines(_folder.File("log.csv")).Length);
        Assert.True(averaged.Count > batches);
        return counter.Bytes[1..].Min();
    }

    /// <summary>What the training thread allocates from the end of an epoch's first batch to the end of its last.</summary>
    private sealed class ByteCounter : TrainingCallback
    {
        public long[] Bytes { get; } = new long[Epochs];

        public override void OnBatchEnd(TrainingContext context)
        {
            if (context.Batch == 1)
                Bytes[context.Epoch - 1] = -GC.GetAllocatedBytesForCurrentThread();
            if (context.Batch == context.BatchCount)
                Bytes[context.Epoch - 1] += GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
