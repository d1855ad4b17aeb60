using System.Xml.Linq;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Insight.Tests.Report;

public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-report-").FullName;

    private string Page => Path.Combine(_folder, "run.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AReportHasAllOfItsPartsAndFetchesNothing()
    {
        var (train, validation) = DigitsSamples.Split;
        var report = new ReportCallback(Page) { TrainingData = train, MeasuredData = validation, Images = new ImageShape(1, 8, 8), ClassNames = ["<zero>"] };
        var options = new TrainerOptions { Callbacks = [report], Warnings = TextWriter.Null };
        var history = Trainer.For(new SmallClassifier(1), new Adam(), options).Fit(train, epochs: 3, validation);
        var text = File.ReadAllText(Page);
        foreach (var part in (string[])["Findings", "Curves", "Layers", "Classes", "Most wrong samples", "Calibration", "ROC, the 6 worst classes", "Gradients by layer", "dense1.weight", "&lt;zero&gt;"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("<zero>", text, StringComparison.Ordinal);
        foreach (var fetched in (string[])["http-equiv", "src=", "href=", "<script", "@import", "url("])
            Assert.DoesNotContain(fetched, text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 10_000, 3_000_000);
        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal([Page], Directory.GetFiles(_folder));
        // What is in the body is well-formed.
        XDocument.Parse(text[text.IndexOf("<body", StringComparison.Ordinal)..text.IndexOf("</html>", StringComparison.Ordinal)].Replace("&nbsp;", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void ARegressionHasItsWorstOutputs()
    {
        var data = new DataSet(3, 1, [.. Enumerable.Range(0, 300).Select(index => index * 0.01f)], [.. Enumerable.Range(0, 100).Select(index => index * 0.02f)]);
        var report = new ReportCallback(Page) { MeasuredData = data };
        Trainer.For(new SmallRegressor(1), new Adam(), new TrainerOptions { Callbacks = [report], Warnings = TextWriter.Null }).Fit(data, epochs: 2);
        var text = File.ReadAllText(Page);
        Assert.Contains("<h2>Outputs</h2>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Findings</h2>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AHistoryIsDrawn()
    {
        var history = Trainer.For(new SmallClassifier(1), new Adam(), new TrainerOptions { Warnings = TextWriter.Null }).Fit(DigitsSamples.Split.Train, epochs: 3, DigitsSamples.Split.Validation);
        history.SaveSvg(Path.Combine(_folder, "loss.svg"));
        var svg = XDocument.Load(Path.Combine(_folder, "loss.svg"));
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Equal(["loss", "validation_loss"], svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).TakeLast(2));
        Assert.Contains("there are: loss", Assert.Throws<ArgumentException>(() => history.ToSvg("f1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureThatIsNeverFiniteIsRefused()
    {
        // One class alone has no area under its curve.
        var (train, validation) = DigitsSamples.Split;
        var options = new TrainerOptions { Metrics = [new RocAuc()], Warnings = TextWriter.Null };
        var history = Trainer.For(new SmallClassifier(1), new Adam(), options).Fit(train, epochs: 1, validation.WithLabels((_, _) => 3));
        Assert.Contains("in 1 epochs, no value of validation_roc_auc is finite", Assert.Throws<ArgumentException>(() => history.ToSvg("validation_roc_auc")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5666666666666665, 0.5666666666666667)]
    [InlineData(1e300, 1.0000000000000002e300)]
    [InlineData(0, double.Epsilon)]
    [InlineData(-1e308, 1e308)]
    [InlineData(1e-15, 2e-15)]
    public void AChartOfAnyNumbersHasFewTicks(double one, double other)
    {
        var drawing = Svg.Image("title", "step", [new("line", [1, 2], [one, other])]);
        Assert.InRange(drawing!.Split("<text").Length, 3, 24);
    }

    [Fact]
    public void AnAreaUnderTheCurveIsTheShareOfPairsInTheRightOrder()
    {
        var (train, validation) = DigitsSamples.Split;
        var network = new SmallClassifier(1);
        var trainer = Trainer.For(network, new Adam(), new TrainerOptions { Warnings = TextWriter.Null });
        trainer.Fit(train, epochs: 2);
        var probe = Probe.Of(validation, trainer.Description, 200, nameof(validation));
        var curves = new ClassCurves(trainer, probe);
        var (falseRate, trueRate, precision) = curves.Curve(8);
        var samples = Enumerable.Range(0, curves.Count).ToArray();
        var pairs = from one in samples
                    where curves.Label(one) == 8
                    from other in samples
                    where curves.Label(other) != 8
                    let difference = curves.Probabilities(one)[8] - curves.Probabilities(other)[8]
                    select difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        Assert.Equal(pairs.Average(), curves.Area(8), 1e-9);
        Assert.Equal((1, 1), (falseRate[^1], trueRate[^1]));
        Assert.Equal(samples.Count(sample => curves.Label(sample) == 8) / (double)curves.Count, precision[^1], 1e-9);
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0, 1 }, 2)]
    [InlineData(new float[] { 1, 2, 2, 4 }, 1)]
    [InlineData(new float[] { 3, 0, 0, 4 }, 25.0 / 16)]
    [InlineData(new float[] { 0, 0, 0, 0 }, 0)]
    public void TheStableRankIsTheRatioOfSquaredNorms(float[] matrix, double rank) => Assert.Equal(rank, StableRank.Of(matrix, rows: 2), 1e-6);

    [Fact]
    public void SamplesThatDoNotFitAreRefusedBeforeTheFirstStep()
    {
        var (train, validation) = DigitsSamples.Split;
        var narrow = new DataSet(3, 1, new float[6], new float[2]);
        Assert.Contains("64 inputs and 1 targets for SmallClassifier; there are 2 with 3 and 1", Refused(new ReportCallback(Page) { MeasuredData = narrow }), StringComparison.Ordinal);
        Assert.Contains("images of 64 numbers, the inputs of SmallClassifier, but got 3×8×8, which has 192", Refused(new ReportCallback(Page) { MeasuredData = validation, Images = new ImageShape(3, 8, 8) }), StringComparison.Ordinal);
        Assert.Contains("that of sample", Refused(new ReportCallback(Page) { MeasuredData = validation.WithLabels((_, label) => label + 1) }), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));

        string Refused(ReportCallback report)
        {
            var trainer = Trainer.For(new SmallClassifier(1), new Adam(), new TrainerOptions { Callbacks = [report], Warnings = TextWriter.Null });
            var message = Assert.Throws<ArgumentException>(() => trainer.Fit(train, epochs: 1)).Message;
            Assert.Equal(0, trainer.CompletedSteps);
            return message;
        }
    }

    [Fact]
    public void ARunThatFailsSaysSo()
    {
        var data = new DataSet(3, 1, [.. Enumerable.Range(0, 300).Select(index => index * 0.01f)], [.. Enumerable.Range(0, 100).Select(index => index * 1000f)]);
        var options = new TrainerOptions { Callbacks = [new ReportCallback(Page) { TrainingData = data }], Warnings = TextWriter.Null };
        Assert.Throws<TrainingDivergedException>(() => Trainer.For(new SmallRegressor(1), new Sgd(100), options).Fit(data, epochs: 20));
        var text = File.ReadAllText(Page);
        Assert.Contains("ended by an error: The loss became", text, StringComparison.Ordinal);
        Assert.DoesNotContain("all epochs done", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatDoesNotBeginWritesNothing()
    {
        var options = new TrainerOptions { Callbacks = [new ReportCallback(Page), new Acting { OnBegin = _ => throw new InvalidOperationException() }], Warnings = TextWriter.Null };
        Assert.Throws<InvalidOperationException>(() => Trainer.For(new SmallClassifier(1), new Adam(), options).Fit(DigitsSamples.Split.Train, epochs: 1));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFastDevRunWritesNothing()
    {
        var (train, validation) = DigitsSamples.Split;
        var options = new TrainerOptions
        {
            Callbacks = [new ReportCallback(Page) { TrainingData = train, MeasuredData = validation }, new TensorBoardCallback(Path.Combine(_folder, "runs"))],
            FastDevRun = true,
            Warnings = TextWriter.Null,
        };
        Trainer.For(new SmallClassifier(1), new Adam(), options).Fit(train, epochs: 1, validation);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void TheDoctorLooksAtTheEndOfARunHoweverShortItIs()
    {
        var train = DigitsSamples.Split.Train;
        var report = new ReportCallback(Page) { TrainingData = train };
        var network = new SmallClassifier(1);
        Assert.True(network.Weights.Table.TryGet("dense1.bias", out var bias));
        var kill = new Acting
        {
            OnEpoch = context =>
            {
                if (context.Epoch == 3)
                    bias.Pack([.. Enumerable.Repeat(-100f, 32)], network.Weights.Edit());
            },
        };
        Trainer.For(network, new Adam(), new TrainerOptions { Callbacks = [kill, report], Warnings = TextWriter.Null }).Fit(train, epochs: 3);
        Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.DeadUnits);
        Assert.Contains("Dead units", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Fact]
    public void TheTrainingIsTheSameWithAReport()
    {
        var (train, validation) = DigitsSamples.Split;
        var (with, without) = (new DropoutClassifier(1), new DropoutClassifier(1));
        TrainingCallback[] callbacks = [new TrainingDoctor(train), new ReportCallback(Page) { TrainingData = train, MeasuredData = validation }, new TensorBoardCallback(_folder)];
        Trainer.For(with, new Adam(), new TrainerOptions { Callbacks = callbacks, Warnings = TextWriter.Null }).Fit(train, epochs: 3, validation);
        Trainer.For(without, new Adam(), new TrainerOptions { Warnings = TextWriter.Null }).Fit(train, epochs: 3, validation);
        Assert.Equal(without.Weights.Values, with.Weights.Values);
    }

    [Fact]
    public void AMetricWhoseNameEndsWithLossHasItsOwnChart()
    {
        var (train, validation) = DigitsSamples.Split;
        var options = new TrainerOptions { Callbacks = [new ReportCallback(Page)], Metrics = [new LogLoss(), new F1()], Warnings = TextWriter.Null };
        Trainer.For(new SmallClassifier(1), new Adam(), options).Fit(train, epochs: 2, validation);
        Assert.Contains("<figcaption>log loss</figcaption>", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 300, 200)]
    [InlineData(2, 8, 9)]
    [InlineData(3, 64, 64)]
    [InlineData(4, 1, 1)]
    public void APictureHasFewPixels(int channels, int height, int width)
    {
        var random = new RandomStream(2);
        var shape = new ImageShape(channels, height, width);
        var svg = XElement.Parse(Svg.Picture([.. Enumerable.Range(0, shape.Length).Select(_ => random.NextSingle())], shape, "noise"));
        var side = ((Math.Max(height, width) - 1) / 64) + 1;
        Assert.Equal($"0 0 {(width + side - 1) / side} {(height + side - 1) / side}", (string?)svg.Attribute("viewBox"));
        Assert.InRange(svg.ToString().Length, 60, 300_000);
        Assert.Equal(channels == 3, svg.Elements("path").Any(path => ((string)path.Attribute("stroke")!)[1..3] != ((string)path.Attribute("stroke")!)[3..5]));
    }

    [Fact]
    public void APixelOfALargePictureIsAMean()
    {
        // Squares of 2 × 2 pixels: black ones, and chequered ones, whose means are what is seen.
        var pixels = Enumerable.Range(0, 128 * 128).Select(place => ((place / 2 % 2) + (place / 256 % 2)) % 2 == 0 ? 0f : (place + (place / 128)) % 2 == 0 ? 2f : 0).ToArray();
        var svg = XElement.Parse(Svg.Picture(pixels, new ImageShape(1, 128, 128), "chessboard"));
        Assert.Equal(["#000000", "#f8f8f8"], svg.Elements("path").Select(path => (string?)path.Attribute("stroke")));
    }

    private sealed class Acting : TrainingCallback
    {
        public Action<TrainingContext>? OnBegin { get; init; }

        public Action<TrainingContext>? OnEpoch { get; init; }

        public override void OnRunBegin(TrainingContext context) => OnBegin?.Invoke(context);

        public override void OnEpochEnd(TrainingContext context) => OnEpoch?.Invoke(context);
    }
}
