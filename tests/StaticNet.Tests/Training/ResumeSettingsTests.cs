using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Serialization;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Training;

/// <summary>The figures of optimizer, schedule, sampler and transform are stored, and compared when a run is resumed.</summary>
public class ResumeSettingsTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    public static TheoryData<string, Optimizer, Optimizer> ChangedOptimizers => new()
    {
        { "optimizer.learning_rate: 0.1, expected 0.05", new Sgd(0.1f), new Sgd(0.05f) },
        { "optimizer.momentum: 0.9, expected 0.8", new Sgd(0.1f, 0.9f), new Sgd(0.1f, 0.8f) },
        { "optimizer.nesterov: no, expected yes", new Sgd(0.1f, 0.9f), new Sgd(0.1f, 0.9f, nesterov: true) },
        { "optimizer.beta1: 0.9, expected 0.95", new Adam(), new Adam(beta1: 0.95) },
        { "optimizer.beta2: 0.999, expected 0.99", new Adam(), new Adam(beta2: 0.99) },
        { "optimizer.epsilon: 1E-08, expected 1E-06", new Adam(), new Adam(epsilon: 1e-6f) },
        { "optimizer.ams_grad: no, expected yes", new Adam(), new Adam(amsGrad: true) },
        { "optimizer.rho: 0.9, expected 0.8", new Adadelta(), new Adadelta(rho: 0.8) },
        { "optimizer.initial_square: 0, expected 0.1", new Adagrad(), new Adagrad(initialSquare: 0.1f) },
        { "optimizer.momentum_decay: 0.004, expected 0.005", new NAdam(), new NAdam(momentumDecay: 0.005f) },
        { "optimizer.alpha: 0.99, expected 0.9", new RMSprop(), new RMSprop(alpha: 0.9) },
        { "optimizer.beta1: 0.9, expected 0.8", new Lion(), new Lion(beta1: 0.8) },
        { "optimizer.increase: 1.2, expected 1.3", new Rprop(), new Rprop(increase: 1.3f) },
        { "optimizer.post_decay: 0, expected 0.1", new OnnxAdam(0.1f), new OnnxAdam(0.1f) { PostDecay = 0.1f } },
        { "optimizer.weight_decay: 0.01, expected 0.1", new AdamW(), new AdamW { WeightDecay = 0.1f } },
        { "optimizer.l1: 0, expected 0.1", new Adam(), new Adam { L1 = 0.1f } },
        { "optimizer.decay_all: no, expected yes", new Adam(), new Adam { DecayAll = true } },
        { "optimizer.clip_value: none, expected 2", new Adam(), new Adam { ClipValue = 2 } },
        { "optimizer.clip_parameter_norm: none, expected 2", new Adam(), new Adam { ClipParameterNorm = 2 } },
        { "optimizer.clip_norm: 1, expected none", new Adam { ClipNorm = 1 }, new Adam() },
        { "optimizer.max_norm: none, expected 3", new Adam(), new Adam { MaxNorm = 3 } },
        { "optimizer.groups.0.patterns: *.bias, expected *.weight", Grouped("*.bias", 0.1f), Grouped("*.weight", 0.1f) },
        { "optimizer.groups.0.learning_rate: 0.1, expected 0.2", Grouped("*.bias", 0.1f), Grouped("*.bias", 0.2f) },
        { "optimizer.groups.0: none, expected ParameterGroup", new Adam(), Grouped("*.bias", 0.1f) },
        { "optimizer.schedule: ConstantSchedule, expected CosineDecay", new Adam(), new Adam { Schedule = new CosineDecay(9) } },
    };

    public static TheoryData<string, Schedule, Schedule> ChangedSchedules => new()
    {
        { "factor: 1, expected 2", new ConstantSchedule(), new ConstantSchedule(2) },
        { "decay_steps: 100, expected 200", new CosineDecay(100), new CosineDecay(200) },
        { "length_factor: 2, expected 3", new CosineDecayRestarts(9), new CosineDecayRestarts(9, 3) },
        { "rate: 0.5, expected 0.25", new ExponentialDecay(9, 0.5f), new ExponentialDecay(9, 0.25f) },
        { "staircase: no, expected yes", new InverseTimeDecay(9, 0.5f), new InverseTimeDecay(9, 0.5f, staircase: true) },
        { "rate: 0.5, expected 0.25", new NaturalExponentialDecay(9, 0.5f), new NaturalExponentialDecay(9, 0.25f) },
        { "alpha: 0, expected 0.5", new LinearCosineDecay(9), new LinearCosineDecay(9, alpha: 0.5f) },
        { "seed: 1, expected 2", new NoisyLinearCosineDecay(9, 1), new NoisyLinearCosineDecay(9, 2) },
        { "total_steps: 90, expected 91", new OneCycle(90), new OneCycle(91) },
        { "boundaries: 5, 9, expected 5, 8", new PiecewiseConstant([5, 9], [1, 0.5f, 0.1f]), new PiecewiseConstant([5, 8], [1, 0.5f, 0.1f]) },
        { "factors: 1, 0.5, expected 1, 0.25", new PiecewiseConstant([5], [1, 0.5f]), new PiecewiseConstant([5], [1, 0.25f]) },
        { "cycle: no, expected yes", new PolynomialDecay(9), new PolynomialDecay(9, cycle: true) },
        { "step_length: 5, expected 6", new StepDecay(5, 0.5f), new StepDecay(6, 0.5f) },
        { "steps: 5, expected 6", new WarmUp(5, new CosineDecay(9)), new WarmUp(6, new CosineDecay(9)) },
        { "then.decay_steps: 9, expected 8", new WarmUp(5, new CosineDecay(9)), new WarmUp(5, new CosineDecay(8)) },
        { "schedules.1.factor: 1, expected 2", Sequence(1), Sequence(2) },
    };

    public static TheoryData<string, Sampler, Sampler> ChangedSamplers => new()
    {
        { "sampler.seed: 1, expected 2", new BalancedSampler(Train, 1), new BalancedSampler(Train, 2) },
        { "sampler.samples_by_class: 40 numbers", new BalancedSampler(Train), new BalancedSampler(new DataSet(2, 1, new float[80], [.. Enumerable.Repeat(1f, 40)])) },
        { "sampler.seed: 1, expected 2", new WeightedSampler(Weights(1), 1), new WeightedSampler(Weights(1), 2) },
        { "sampler.weights_up_to: 40 numbers", new WeightedSampler(Weights(1)), new WeightedSampler(Weights(2)) },
        { "sampler: BalancedSampler, expected WeightedSampler", new BalancedSampler(Train), new WeightedSampler(Weights(1)) },
    };

    public static TheoryData<string, AugmentationStep, AugmentationStep> ChangedSteps => new()
    {
        { "0.amount: 0.1, expected 0.2", new RandomBrightness(0.1f), new RandomBrightness(0.2f) },
        { "0.amount: 0.1, expected 0.2", new RandomContrast(0.1f), new RandomContrast(0.2f) },
        { "0.upper: 1, expected 2", new Clamp(), new Clamp(0, 2) },
        { "0.deviation: 0.1, expected 0.2", new ColorNoise([1], [1]), new ColorNoise([1], [1], 0.2f) },
        { "0.eigenvalues: 1, expected 2", new ColorNoise([1], [1]), new ColorNoise([2], [1]) },
        { "0.size: 1, expected 2", new Cutout(1), new Cutout(2) },
        { "0.probability: 0.5, expected 0.25", new HorizontalFlip(), new HorizontalFlip(0.25f) },
        { "0: HorizontalFlip, expected VerticalFlip", new HorizontalFlip(), new VerticalFlip() },
        { "0.largest_deviation: 0.5, expected 1", new GaussianBlur(0.1f, 0.5f), new GaussianBlur(0.1f, 1) },
        { "0.deviation: 0.5, expected 1", new GaussianNoise(0.5f), new GaussianNoise(1) },
        { "0.degrees: 5, expected 10", new RandomRotation(5), new RandomRotation(10) },
        { "0.border: Constant, expected Reflect", new RandomRotation(5), new RandomRotation(5) { Border = Border.Reflect } },
        { "0.fill: 0, expected 1", new RandomRotation(5), new RandomRotation(5) { Fill = 1 } },
        { "0.interpolation: Bilinear, expected Nearest", new RandomRotation(5), new RandomRotation(5) { Interpolation = PixelInterpolation.Nearest } },
        { "0.shear: 0, expected 5", new RandomAffine(), new RandomAffine(shear: 5) },
        { "0.horizontal: 0.1, expected 0.2", new RandomShift(0.1f, 0), new RandomShift(0.2f, 0) },
        { "0.padding: 1, expected 2", new RandomCrop(1), new RandomCrop(2) },
        { "0.smallest_area: 0.08, expected 0.5", new RandomResizedCrop(), new RandomResizedCrop(0.5f) },
    };

    [Theory]
    [MemberData(nameof(ChangedOptimizers))]
    public void A_figure_of_the_optimizer_that_differs_is_named(string difference, Optimizer stored, Optimizer present) =>
        Assert.Contains(difference, Refused(stored, new(), present, new()), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ChangedSchedules))]
    public void A_figure_of_the_schedule_that_differs_is_named(string difference, Schedule stored, Schedule present) => Assert.Contains(
        $"optimizer.schedule.{difference}", Refused(new Adam { Schedule = stored }, new(), new Adam { Schedule = present }, new()), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ChangedSamplers))]
    public void A_figure_of_the_sampler_that_differs_is_named(string difference, Sampler stored, Sampler present) =>
        Assert.Contains(difference, Refused(new Adam(), new() { Sampler = stored }, new Adam(), new() { Sampler = present }), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ChangedSteps))]
    public void A_figure_of_the_augmentation_that_differs_is_named(string difference, AugmentationStep stored, AugmentationStep present) => Assert.Contains(
        $"transform.steps.{difference}", Refused(new Adam(), Augmented([stored]), new Adam(), Augmented([present])), StringComparison.Ordinal);

    [Fact]
    public void Seed_length_and_order_of_the_augmentation_are_compared()
    {
        AugmentationStep[] steps = [new RandomBrightness(0.1f), new HorizontalFlip()];

        Assert.Contains("transform.seed: 1, expected 2", Refused(new Adam(), Augmented(steps), new Adam(), Augmented(steps, seed: 2)), StringComparison.Ordinal);
        Assert.Contains("transform.steps.1: HorizontalFlip, expected none", Refused(new Adam(), Augmented(steps), new Adam(), Augmented(steps[..1])), StringComparison.Ordinal);
        Assert.Contains("transform.steps.0: RandomBrightness, expected HorizontalFlip", Refused(new Adam(), Augmented(steps), new Adam(), Augmented([steps[1], steps[0]])), StringComparison.Ordinal);
        Assert.Contains("transform: AugmentationPipeline, expected none", Refused(new Adam(), Augmented(steps), new Adam(), new()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_training_has_lowered_is_no_difference()
    {
        using var folder = new TemporaryFolder();
        ReduceOnPlateau Reduction() => new("loss", factor: 0.5f, patience: 0, threshold: 10);
        Trainer(new Sgd(0.1f), new() { Callbacks = [Reduction(), new CheckpointCallback(folder.Path)] }).Fit(Train, 4);

        var resumed = Trainer(new Sgd(0.1f), new() { Callbacks = [Reduction()] });
        resumed.Fit(Train, 4, resumeFrom: folder.Path);

        Assert.Equal(0.1f / 8, resumed.Optimizer.LearningRate);
    }

    [Fact]
    public void A_lower_learning_rate_that_is_allowed_is_taken_with_the_rest_of_the_state()
    {
        using var folder = new TemporaryFolder();
        Trainer(Grouped("*.bias", 0.4f), new() { Callbacks = [new CheckpointCallback(folder.Path)] }).Fit(Train, 2);
        var optimizer = new Adam(1e-4f) { Groups = [new ParameterGroup("*.bias") { LearningRate = 2e-4f }] };
        var rates = new List<float>();
        var watch = new RecordingCallback { AtBatchEnd = context => rates.Add(context.LearningRate) };

        var resumed = Trainer(optimizer, new() { Callbacks = [watch], AllowedChanges = ["optimizer.learning_rate", "optimizer.groups.0"] });
        resumed.Fit(Train, 4, resumeFrom: folder.Path);

        Assert.Equal(Enumerable.Repeat(1e-4f, 6), rates);
        Assert.Equal(2e-4f, optimizer.Groups[0].LearningRate);
        Assert.Equal(12, optimizer.StepCount);
    }

    [Fact]
    public void Only_what_is_named_is_allowed()
    {
        using var folder = new TemporaryFolder();
        Trainer(new Adam(), new() { Callbacks = [new CheckpointCallback(folder.Path)] }).Fit(Train, 1);
        string Error(params string[] allowed) => Assert.Throws<ArgumentException>(() =>
            Trainer(new Adam(1, beta1: 0.5), new() { Seed = 4, AllowedChanges = allowed }).Fit(Train, 2, resumeFrom: folder.Path)).Message;

        Assert.Contains("optimizer.beta1: 0.9, expected 0.5; optimizer.learning_rate: 0.001, expected 1; seed: 0, expected 4.", Error(), StringComparison.Ordinal);
        Assert.DoesNotContain("learning_rate", Error("optimizer.learning_rate"), StringComparison.Ordinal);
        Assert.Contains("optimizer.learning_rate", Error("optimizer.learning", "optimizer.learning_rate.x", "seed"), StringComparison.Ordinal);
        Assert.Contains("training run. It has seed: 0", Error("optimizer"), StringComparison.Ordinal);
        Trainer(new Adam(1, beta1: 0.5), new() { Seed = 4, AllowedChanges = ["optimizer", "seed"] }).Fit(Train, 2, resumeFrom: folder.Path);
    }

    [Fact]
    public void The_order_of_samples_can_change_between_epochs_only()
    {
        using var folder = new TemporaryFolder();
        Trainer(new Adam(), new() { Callbacks = [new CheckpointCallback(folder.Path) { EveryBatches = 2, KeepLast = 9 }] }).Fit(Train, 1);

        // Three batches: one checkpoint after the second, one at the end.
        var error = Assert.Throws<ArgumentException>(() =>
            Trainer(new Adam(), new() { Seed = 4, AllowedChanges = ["seed"] }).Fit(Train, 2, resumeFrom: folder.File("checkpoint-000001.safetensors")));
        Trainer(new Adam(), new() { Seed = 4, AllowedChanges = ["seed"] }).Fit(Train, 2, resumeFrom: folder.File("checkpoint-000002.safetensors"));

        Assert.Contains("seed: 0, expected 4 (it may change between epochs only; the checkpoint is one after batch 2 of an epoch)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_texts_under_names_with_dots()
    {
        var entries = new Dictionary<string, string>();
        var settings = new SettingList(entries);
        settings.Add("number", 0.1f);
        settings.Add("nothing", (int?)null);
        settings.Add("choice", true);
        settings.Add<int>("few", [1, 2]);
        settings.Add<int>("empty", []);
        settings.Add<int>("many", new int[17]);
        settings.AddPart("part", new WarmUp(3, new ConstantSchedule()));
        settings.AddPart("missing", null);

        Assert.Equal("0.1", entries["number"]);
        Assert.Equal("none", entries["nothing"]);
        Assert.Equal("yes", entries["choice"]);
        Assert.Equal("1, 2", entries["few"]);
        Assert.Equal("none", entries["empty"]);
        Assert.Matches(@"^17 numbers \([0-9a-f]{16}\)$", entries["many"]);
        Assert.Equal(("WarmUp", "3", "ConstantSchedule", "1"), (entries["part"], entries["part.steps"], entries["part.then"], entries["part.then.factor"]));
        Assert.Equal("none", entries["missing"]);
        Assert.Throws<ArgumentException>(() => settings.Add("", 1));
        Assert.Throws<ArgumentNullException>(() => new SettingList(null!));
    }

    private static string Refused(Optimizer stored, TrainerOptions storedOptions, Optimizer present, TrainerOptions presentOptions)
    {
        using var folder = new TemporaryFolder();
        var options = new TrainerOptions { Sampler = storedOptions.Sampler, Transform = storedOptions.Transform, Callbacks = [new CheckpointCallback(folder.Path)], Warnings = TextWriter.Null };
        Trainer(stored, options).Fit(Train, 1);

        var error = Assert.Throws<ArgumentException>(() => Trainer(present, presentOptions).Fit(Train, 2, resumeFrom: folder.Path));

        Assert.Contains(nameof(TrainerOptions.AllowedChanges), error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static Trainer<TinyClassifier> Trainer(Optimizer optimizer, TrainerOptions options) => new(new TinyClassifier(1), optimizer, options);

    private static Adam Grouped(string pattern, float rate) => new() { Groups = [new ParameterGroup(pattern) { LearningRate = rate }] };

    private static ScheduleSequence Sequence(float factor) => new([5], [new CosineDecay(5), new ConstantSchedule(factor)]);

    private static float[] Weights(float second) => [1, second, .. Enumerable.Repeat(1f, 38)];

    private static TrainerOptions Augmented(AugmentationStep[] steps, ulong seed = 1) =>
        new() { Transform = new AugmentationPipeline(new ImageShape(1, 1, 2), steps, seed) };
}
