using System.Collections.Immutable;
using Digits;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Insight.Tests.Doctor;

public class TrainingDoctorTests
{
    private static readonly DataSet Train = DigitsSamples.Split.Train;
    private static readonly DataSet Validation = DigitsSamples.Split.Validation;

    [Fact]
    public void OfVanishingGradients() =>
        Assert.Equal("dense1", Found(FindingKind.VanishingGradients, Run(new DeepSigmoid(1), new Sgd(0.1f), Train, epochs: 1)).Layer);

    [Fact]
    public void OfExplodingGradients()
    {
        var data = Numbers(sample => 1000 * sample[0]);
        var doctor = new TrainingDoctor(data);
        var options = new TrainerOptions { Callbacks = [doctor], Warnings = TextWriter.Null };
        Assert.Throws<TrainingDivergedException>(() => Trainer.For(new SmallRegressor(1), new Sgd(10), options).Fit(data, epochs: 20));
        Assert.NotNull(Found(FindingKind.ExplodingGradients, doctor.Findings).Layer);
    }

    [Fact]
    public void OfDeadUnits()
    {
        var network = new SmallClassifier(1);
        Change(network, "dense1.bias", index => index < 20 ? -100 : 0);
        var finding = Found(FindingKind.DeadUnits, Trainer.For(network, new Sgd(0.1f)).Diagnose(Train));
        Assert.Equal("dense1", finding.Layer);
        Assert.Matches("^2[0-4] of 32 units of dense1 output 0 for all of 512 samples", finding.Evidence);
    }

    [Fact]
    public void OfSaturatedUnits()
    {
        var network = new SmallRegressor(1);
        Change(network, "dense1.weight", index => index % 2 == 0 ? 100 : -90);
        Assert.Equal("dense1", Found(FindingKind.SaturatedUnits, Trainer.For(network, new Sgd(0.1f)).Diagnose(Numbers(sample => sample[0]))).Layer);
    }

    [Fact]
    public void OfSymmetricWeights()
    {
        var network = new SmallClassifier(1);
        Change(network, "dense1.weight", _ => 0.1f);
        Assert.Equal("dense1", Found(FindingKind.SymmetricWeights, Trainer.For(network, new Sgd(0.1f)).Diagnose(Train)).Layer);
    }

    [Fact]
    public void OfARateThatIsTooHigh() => Found(FindingKind.RateTooHigh, Run(new SmallClassifier(1), new Sgd(5), Train, epochs: 2));

    [Fact]
    public void OfARateThatIsTooLow() => Found(FindingKind.RateTooLow, Run(new SmallClassifier(1), new Sgd(1e-6f), Train, epochs: 1));

    [Theory]
    [InlineData(300)]
    [InlineData(0.001)]
    public void OfInputsOutOfScale(float factor)
    {
        var data = new DataSet(64, 1, [.. Train.Inputs.ToArray().Select(pixel => factor * pixel)], Train.Targets.ToArray());
        Found(FindingKind.InputScale, Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(data));
    }

    [Fact]
    public void OfInputsThatAreNotFinite()
    {
        var inputs = Train.Inputs.ToArray();
        inputs[(5 * 64) + 3] = float.NaN;
        var finding = Found(FindingKind.NonFiniteInputs, Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(new DataSet(64, 1, inputs, Train.Targets.ToArray()).Take(100)));
        Assert.StartsWith("Input 3 of sample 5 is NaN", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTargetsOutOfScale()
    {
        var data = Numbers(sample => 5000 + (300 * sample[0] * sample[1]));
        var network = new SmallRegressor(1);
        Found(FindingKind.TargetScale, Trainer.For(network, new Sgd(0.1f)).Diagnose(data));
        network.SetScaling(targets: Scaler.Standard(data.Targets, length: 1));
        Assert.Empty(Trainer.For(network, new Sgd(0.1f)).Diagnose(data));
    }

    [Fact]
    public void OfConstantFeatures()
    {
        var data = new DataSet(64, 1, [.. Train.Inputs.ToArray().Select((pixel, index) => index % 64 < 20 ? 0.5f : pixel)], Train.Targets.ToArray());
        Assert.StartsWith("2", Found(FindingKind.ConstantFeatures, Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(data)).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfALeakingFeature()
    {
        var finding = Found(FindingKind.LeakingFeature, Trainer.For(new SmallRegressor(1), new Sgd(0.1f)).Diagnose(Numbers(sample => (2 * sample[1]) - 1)));
        Assert.StartsWith("Input 1 alone", finding.Evidence, StringComparison.Ordinal);
        var classes = new DataSet(64, 1, [.. Train.Inputs.ToArray().Select((pixel, index) => index % 64 == 7 ? Train.Targets[index / 64] : pixel)], Train.Targets.ToArray());
        Assert.StartsWith("Input 7 alone", Found(FindingKind.LeakingFeature, Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(classes)).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfUnbalancedClasses() => Assert.StartsWith(
        "Class 0 has ",
        Found(FindingKind.UnbalancedClasses, Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(Train.WithLabels((sample, _) => sample % 30 == 0 ? 1 : 0))).Evidence,
        StringComparison.Ordinal);

    [Fact]
    public void OfALossAtTheStartThatIsFarFromChance()
    {
        var network = new SmallClassifier(1);
        Change(network, "dense2.weight", index => index % 3 == 0 ? 3 : -3);
        Found(FindingKind.InitialLoss, Trainer.For(network, new Sgd(0.1f)).Diagnose(Train));
    }

    [Fact]
    public void OfTargetsThatTheOutputCannotReach() =>
        Assert.Contains("can output 0 or more", Found(FindingKind.LossMismatch, Trainer.For(new PositiveRegressor(1), new Sgd(0.1f)).Diagnose(Numbers(sample => sample[0] * sample[1]))).Evidence, StringComparison.Ordinal);

    [Fact]
    public void OfBatchesThatAreTooSmallForANorm() => Assert.Equal(
        "batchNorm1",
        Found(FindingKind.TinyBatchStatistics, Trainer.For(new NormRegressor(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 4 }).Diagnose(Numbers(sample => sample[0] * sample[1]))).Layer);

    [Fact]
    public void OfBatchesThatAreDeclaredTooSmallForANorm() => Assert.Contains(
        "from batches of 4 samples",
        Found(FindingKind.TinyBatchStatistics, Trainer.For(new TinyBatchRegressor(1), new Sgd(0.1f)).Diagnose(Numbers(sample => sample[0] * sample[1]))).Evidence,
        StringComparison.Ordinal);

    [Fact]
    public void OfTargetsThatALastFunctionCannotReach() =>
        Assert.Equal("activation1", Found(FindingKind.LossMismatch, Trainer.For(new ClippedRegressor(1), new Sgd(0.1f)).Diagnose(Numbers(sample => sample[0] * sample[1]))).Layer);

    [Fact]
    public void OfNoGain()
    {
        var random = new RandomStream(9);
        var noise = Enumerable.Range(0, 600).Select(_ => (float)random.NextNormal()).ToArray();
        var next = 0;
        Found(FindingKind.NoGain, Run(new SmallRegressor(1), new Sgd(1e-3f), Numbers(_ => noise[next++]), epochs: 1));
        Found(FindingKind.NoGain, Run(new SmallClassifier(1), new Sgd(1e-6f), Train, epochs: 1));
    }

    [Fact]
    public void OfOverfitting()
    {
        var few = (DataSet)Train.Subset([.. Enumerable.Range(0, 40)]);
        Found(FindingKind.Overfitting, Run(new SmallClassifier(1), new Adam(0.02f), few.WithLabels((sample, label) => sample % 3 == 0 ? (label + 3) % 10 : label), epochs: 60, Validation));
    }

    [Fact]
    public void OfUnderfitting()
    {
        // One bit of the input is all there is to learn from, and it leaves five classes open.
        var data = Train.WithLabels((sample, _) => sample % 10);
        var inputs = new float[data.Inputs.Length];
        for (var sample = 0; sample < data.Count; sample++)
            inputs[sample * 64] = sample % 2;
        Found(FindingKind.Underfitting, Run(new SmallClassifier(1), new Adam(0.01f), new DataSet(64, 1, inputs, data.Targets.ToArray()), epochs: 20));
    }

    [Fact]
    public void OfNoiseInLabels()
    {
        var finding = Found(FindingKind.LabelNoise, Run(new SmallClassifier(1), new Adam(3e-3f), Train.WithLabels((sample, label) => sample % 4 == 0 ? (label + 1 + (sample % 9)) % 10 : label), epochs: 12));
        Assert.Contains("sample ", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAMetricThatDoesNotMove()
    {
        var data = Train.WithLabels((sample, _) => sample % 8 == 0 ? 1 : 0);
        Found(FindingKind.StuckMetric, Run(new SmallClassifier(1), new Sgd(0.003f), data, epochs: 6, data));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AHealthyTrainingOfDigitsRaisesNothing(ulong seed) =>
        Assert.Empty(Run(new DigitsNetwork(seed), new Adam(2e-3f), Train, epochs: 40, Validation));

    [Fact]
    public void AHealthyTrainingOfATableRaisesNothing()
    {
        var table = Table.Load("penguins.csv");
        var schema = TableSchema.Fit(
            table,
            [
                new CategoryColumn("island"), new NumberColumn("bill_length_mm") { Missing = MissingValue.Mean }, new NumberColumn("bill_depth_mm") { Missing = MissingValue.Mean },
                new NumberColumn("flipper_length_mm") { Missing = MissingValue.Mean }, new NumberColumn("body_mass_g") { Missing = MissingValue.Mean }, new CategoryColumn("sex") { Missing = MissingValue.Zeros },
            ],
            [new ClassTarget("species")]);
        var network = new Tabular.PenguinNetwork(seed: 1);
        network.SetSchema(schema);
        Assert.Empty(Run(network, new AdamW(3e-3f), schema.ToDataSet(table), epochs: 60));
    }

    [Fact]
    public void AHealthyRegressionRaisesNothing() =>
        Assert.Empty(Run(new SmallRegressor(1), new Adam(0.01f), Numbers(sample => (sample[0] * sample[1]) + sample[2]), epochs: 30));

    [Fact]
    public void FunctionsWithSimilarNamesRaiseNothing()
    {
        var network = new LeCunRegressor(1);
        Change(network, "dense1.weight", index => 10 + index);
        var data = Numbers(sample => 1.6f * MathF.Sin(sample[0] * sample[1]));
        Assert.DoesNotContain(Trainer.For(network, new Sgd(0.1f)).Diagnose(data), finding => finding.Kind is FindingKind.SaturatedUnits or FindingKind.LossMismatch);
    }

    [Theory]
    [InlineData("Dense 8, ReLU", "ReLU")]
    [InlineData("ReLU", "ReLU")]
    [InlineData("Conv2D 8, 3×3, sigmoid", "Sigmoid")]
    [InlineData("Tanh", "Tanh")]
    [InlineData("Dense 8, leaky ReLU", "Other")]
    [InlineData("Dense 8, GELU (tanh)", "Other")]
    [InlineData("Dense 8, LeCun tanh", "Other")]
    [InlineData("Dense 8, log-sigmoid", "Other")]
    [InlineData("LSTM 8, bidirectional", "Other")]
    public void AFunctionIsKnownByItsWholeName(string kind, string function) => Assert.Equal(function, UnitFunctions.Of(kind).ToString());

    [Fact]
    public void InputsThatTheNetworkScalesRaiseNothing()
    {
        var data = new DataSet(64, 1, [.. Train.Inputs.ToArray().Select(pixel => 255 * pixel)], Train.Targets.ToArray());
        Assert.Empty(Trainer.For(new RescalingClassifier(1), new Sgd(0.1f)).Diagnose(data));
    }

    [Fact]
    public void ManyClassesOfEqualSizeRaiseNothing()
    {
        var random = new RandomStream(5);
        var labels = Enumerable.Range(0, 3000).Select(sample => (float)(sample % 100)).ToArray();
        random.Shuffle<float>(labels);
        var data = new DataSet(3, 1, [.. Enumerable.Range(0, 9000).Select(_ => (float)random.NextNormal())], labels);
        Assert.Empty(Trainer.For(new ManyClasses(1), new Sgd(0.1f)).Diagnose(data));
    }

    [Fact]
    public void APerfectClassifierOfARareClassIsAGain()
    {
        var data = new DataSet(64, 1, [.. Enumerable.Range(0, 64 * 600).Select(index => index % 6400 < 64 ? 1f : index % 2)], [.. Enumerable.Range(0, 600).Select(sample => sample % 100 == 0 ? 1f : 0)]);
        Assert.DoesNotContain(Run(new SmallClassifier(1), new Adam(0.01f), data, epochs: 20), finding => finding.Kind == FindingKind.NoGain);
    }

    [Fact]
    public void LabelsOutsideTheClassesAreRefused()
    {
        var message = Assert.Throws<ArgumentException>(() => Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(Train.WithLabels((_, label) => label + 1))).Message;
        Assert.Matches("Expected targets that are indices of 10 classes, 0 to 9; that of sample [0-9]+ is 10", message);
    }

    [Fact]
    public void SamplesWithoutWeightDoNotCount()
    {
        var data = Train.WithLabels((sample, label) => sample % 3 == 0 ? -1 : label).WithIgnoredTarget(-1);
        var doctor = new TrainingDoctor(data);
        Trainer.For(new DigitsNetwork(1), new Adam(2e-3f), new TrainerOptions { Callbacks = [doctor], Warnings = TextWriter.Null }).Fit(data, epochs: 6);
        Assert.Empty(doctor.Findings);
        Assert.Contains("all of 3 have the weight 0", Assert.Throws<ArgumentException>(() => Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(Train.Take(3).WithSampleWeights([0, 0, 0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProbeIsNotInStepWithTheOrderOfTheSamples()
    {
        var data = new DataSet(3, 1, new float[3 * 1024], [.. Enumerable.Range(0, 1024).Select(sample => (float)(sample % 2))]);
        Assert.InRange(Probe.Of(data, SmallRegressor.Description, 512, nameof(data)).Targets.Average(), 0.4f, 0.6f);
    }

    [Fact]
    public void OnlyTheStepsOfASequenceAreLookedAt()
    {
        var random = new RandomStream(4);
        var lengths = Enumerable.Range(0, 40).Select(sample => 1 + (sample % 4)).ToArray();
        var (zeros, others) = (new float[160], new float[160]);
        for (var index = 0; index < 160; index++)
        {
            var isStep = index % 4 < lengths[index / 4];
            zeros[index] = isStep ? (float)random.NextNormal() : 0;
            others[index] = isStep ? zeros[index] : 100;
        }

        var trainer = Trainer.For(new LastStepRegressor(1), new Sgd(0.1f));
        var (first, second) = (Probed(zeros), Probed(others));
        Assert.Equal(trainer.Network.Predict(first.All), first.Outputs(trainer));
        Assert.NotEqual(trainer.Network.Predict(first.All.WithSequenceLengths([.. lengths.Select(_ => 4)], 4)), first.Outputs(trainer));
        Assert.Equal(LayerProbe.Of(trainer, first).Select(layer => layer.Mean), LayerProbe.Of(trainer, second).Select(layer => layer.Mean));

        Probe Probed(float[] inputs) =>
            Probe.Of(new DataSet(4, 1, inputs, new float[40]).WithSequenceLengths(lengths, 4), LastStepRegressor.Description, 40, "samples");
    }

    [Fact]
    public void AllHeadsAreOutputs()
    {
        var data = new DataSet(3, 2, new float[30], new float[20]);
        var layers = LayerProbe.Of(Trainer.For(new TwoHeads(1), new Sgd(0.1f)), Probe.Of(data, TwoHeads.Description, 10, nameof(data)));
        Assert.Equal([("body", false), ("one", true), ("other", true)], layers.Select(layer => (layer.Name, layer.IsOutput)));
    }

    [Fact]
    public void TheFirstStepsOfEachRunAreLookedAt()
    {
        var doctor = new TrainingDoctor(Train);
        var trainer = Trainer.For(new SmallClassifier(1), new Adam(), new TrainerOptions { Callbacks = [doctor], Warnings = TextWriter.Null });
        // 45 batches: the first 32 steps, and every second one after that.
        for (var run = 0; run < 2; run++)
        {
            var data = Train.Take(45 * 32);
            trainer.Fit(data, epochs: 2);
            var batches = (data.Count + 31) / 32;
            Assert.Equal(32 + Enumerable.Range(32, (2 * batches) - 32).Count(step => step % 2 == 0), doctor.Watch!.Layers[0].Gradients.Count);
        }
    }

    [Fact]
    public void WeightsOfALayerHaveTheirOwnNames()
    {
        var names = new GradientWatch(Trainer.For(new LastStepRegressor(1), new Sgd(0.1f))).Layers.Select(layer => layer.Weight).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Length > 2);
    }

    [Fact]
    public void OfManyFiguresTheNewestAreKept()
    {
        var figures = new StepFigures();
        for (var step = 1; step <= 100_000; step++)
            figures.Add(step);
        Assert.Equal((100_000, 1, 100_000), (figures.Count, figures.First, figures.Last));
        Assert.Equal(Enumerable.Range(100_000 - 511, 512).Select(step => (double)step), figures.Newest.ToArray().Order());
        Assert.InRange(figures.Curve.X.Count, 400, 800);
        // A point is the mean of some steps, here and there.
        Assert.Equal(figures.Curve.X, figures.Curve.Y);
        Assert.InRange(figures.Curve.X[^1], 99_000, 100_000);
    }

    [Fact]
    public void TheTrainingIsTheSameWithADoctor()
    {
        var (with, without) = (new SmallClassifier(1), new SmallClassifier(1));
        Run(with, new Adam(), Train, epochs: 2);
        Trainer.For(without, new Adam(), new TrainerOptions { Warnings = TextWriter.Null }).Fit(Train, epochs: 2);
        Assert.True(with.Weights.Values.SequenceEqual(without.Weights.Values));
    }

    [Fact]
    public void SamplesThatDoNotFitAreRefused() => Assert.Contains(
        "64 inputs and 1 targets for SmallClassifier",
        Assert.Throws<ArgumentException>(() => Trainer.For(new SmallClassifier(1), new Sgd(0.1f)).Diagnose(Numbers(_ => 0))).Message,
        StringComparison.Ordinal);

    private static ImmutableArray<Finding> Run<TNetwork>(TNetwork network, Optimizer optimizer, DataSource data, int epochs, DataSource? validation = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var doctor = new TrainingDoctor(data);
        Trainer.For(network, optimizer, new TrainerOptions { Callbacks = [doctor], Warnings = TextWriter.Null }).Fit(data, epochs, validation);
        return doctor.Findings;
    }

    private static Finding Found(FindingKind kind, IReadOnlyList<Finding> findings)
    {
        var finding = findings.FirstOrDefault(finding => finding.Kind == kind);
        Assert.True(finding is not null, $"{kind} was not found, but: {string.Join("; ", findings)}");
        return finding;
    }

    private static void Change<TNetwork>(TNetwork network, string name, Func<int, float> value)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        Assert.True(network.Weights.Table.TryGet(name, out var parameter));
        parameter.Pack([.. Enumerable.Range(0, parameter.Count).Select(value)], network.Weights.Edit());
    }

    /// <summary>Samples of three normal numbers, and a function of them.</summary>
    private static DataSet Numbers(Func<float[], float> function)
    {
        var random = new RandomStream(3);
        var inputs = new List<float[]>();
        for (var sample = 0; sample < 600; sample++)
            inputs.Add([(float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal()]);
        return new DataSet(3, 1, [.. inputs.SelectMany(sample => sample)], [.. inputs.Select(function)]);
    }
}
