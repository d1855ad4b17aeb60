using System.Diagnostics;
using System.Globalization;
using FashionMnist;
using Spectre.Console;
using StaticNet;
using StaticNet.Console;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!Options.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

if (FashionData.Find(options.Data) is not { } folder)
{
    Console.WriteLine($"Fashion-MNIST was not found{(options.Data is null ? "" : $" in {options.Data}")}. On Debian and Ubuntu, 'apt install dataset-fashion-mnist' installs it;");
    Console.WriteLine("otherwise, put its four .gz files in a folder and pass '--data FOLDER'.");
    return 0;
}

if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

switch (options.Network)
{
    case "lenet5":
        Run<LeNet5>(new Recipe(Epochs: 10, LearningRate: 2e-3f, WeightDecay: 0.01f));
        break;
    case "cnn":
        Run<Cnn>(new Recipe(Epochs: 10, LearningRate: 4e-3f, WeightDecay: 0.3f));
        break;
    case "resnet":
        Run<ResNet>(new Recipe(Epochs: 10, LearningRate: 4e-3f, WeightDecay: 0.3f));
        break;
    case "vgg":
        Run<Vgg>(new Recipe(Epochs: 15, LearningRate: 4e-3f, WeightDecay: 0.1f, IsAugmented: true));
        break;
    default:
        Run<Mlp>(new Recipe(Epochs: 30, LearningRate: 1e-3f, WeightDecay: 0));
        break;
}

return 0;

void Run<TNetwork>(Recipe recipe)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    var (train, test) = (FashionData.LoadTraining(folder), FashionData.LoadTest(folder));
    AnsiConsole.Write(ConsoleTables.Network(TNetwork.Description));

    var epochs = options.Epochs ?? recipe.Epochs;
    var batches = new DataLoader(train, TNetwork.BatchSize).BatchCount;
    var optimizer = new AdamW(recipe.LearningRate) { WeightDecay = recipe.WeightDecay, Schedule = new CosineDecay((long)epochs * batches) };
    var trainerOptions = new TrainerOptions
    {
        Seed = 1,
        Threads = options.Threads,
        Transform = recipe.IsAugmented ? Augmentation() : null,
        Prefetch = recipe.IsAugmented,
        Callbacks = options.Resume is { } folderOfCheckpoints
            ? [new ProgressCallback(), new CheckpointCallback(folderOfCheckpoints) { Interval = TimeSpan.FromMinutes(1) }]
            : [new ProgressCallback()],
    };
    var trainer = Trainer.For(TNetwork.Create(seed: 1), optimizer, trainerOptions);

    var watch = Stopwatch.StartNew();
    trainer.Fit(train, epochs, resumeFrom: options.Resume);
    var seconds = watch.Elapsed.TotalSeconds;

    // The test images are looked at once, when all is done: nothing is selected by them.
    AnsiConsole.Write(ConsoleTables.Classification(trainer.ConfusionMatrix(test), FashionData.ClassNames));
    Console.WriteLine($"{TNetwork.Description.ParameterCount:N0} parameters, {epochs} epochs in {seconds:F1} s");
    Console.WriteLine($"Test accuracy: {trainer.Evaluate(test)["accuracy"] * 100:F2} %");
}

// A shoe is a shoe in any place and seen from either side; a part of it is enough.
static AugmentationPipeline Augmentation() => new(new ImageShape(1, 28, 28), [new RandomCrop(padding: 2), new HorizontalFlip(), new Cutout(size: 6)], seed: 1);
