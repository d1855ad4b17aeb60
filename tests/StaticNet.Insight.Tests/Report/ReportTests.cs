using System.Xml.Linq;
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
        var sizes = new List<long>();
        var report = new ReportCallback(Page) { TrainingData = train, MeasuredData = validation, Images = new ImageShape(1, 8, 8), ClassNames = ["<zero>"] };
        var options = new TrainerOptions { Callbacks = [report, new Look(() => sizes.Add(File.Exists(Page) ? new FileInfo(Page).Length : 0))], Warnings = TextWriter.Null };
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
        var data = new Data.DataSet(3, 1, [.. Enumerable.Range(0, 300).Select(index => index * 0.01f)], [.. Enumerable.Range(0, 100).Select(index => index * 0.02f)]);
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
        var probe = Probe.Of(validation, 200);
        var curves = new ClassCurves(trainer, probe);
        var (falseRate, trueRate, precision, area) = curves.Curve(8);
        var samples = Enumerable.Range(0, curves.Count).ToArray();
        var pairs = from one in samples
                    where curves.Label(one) == 8
                    from other in samples
                    where curves.Label(other) != 8
                    let difference = curves.Probabilities(one)[8] - curves.Probabilities(other)[8]
                    select difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        Assert.Equal(pairs.Average(), area, 1e-9);
        Assert.Equal((1, 1), (falseRate[^1], trueRate[^1]));
        Assert.Equal(samples.Count(sample => curves.Label(sample) == 8) / (double)curves.Count, precision[^1], 1e-9);
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0, 1 }, 2)]
    [InlineData(new float[] { 1, 2, 2, 4 }, 1)]
    [InlineData(new float[] { 3, 0, 0, 4 }, 25.0 / 16)]
    [InlineData(new float[] { 0, 0, 0, 0 }, 0)]
    public void TheStableRankIsTheRatioOfSquaredNorms(float[] matrix, double rank) => Assert.Equal(rank, StableRank.Of(matrix, rows: 2), 1e-6);

    private sealed class Look(Action look) : TrainingCallback
    {
        public override void OnEpochEnd(TrainingContext context) => look();
    }
}
