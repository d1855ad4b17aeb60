using System.Diagnostics;
using System.Globalization;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Writes a report of a run to one HTML file, which grows while the network is trained: open it in a browser, and it shows the newest state.</summary>
/// <remarks>
/// <para>The file needs nothing else, now or later: its charts are SVG within it. It can be read on a phone, printed, and without
/// colour.</para>
/// <para>It has the curves of the loss, the metrics and the learning rate; gradients, updates and weights by layer; what the layers
/// compute; a confusion matrix, ROC and precision-recall curves and the calibration; the samples that are most wrong; and what the
/// <see cref="TrainingDoctor"/> finds. Parts for which there are no samples, or that do not suit the loss, are left out.</para>
/// <para>It is written at the end of an epoch if that takes no more than a hundredth of the time of the training so far, and at the end; not in a
/// fast dev run. The doctor looks at the network after the epochs 1, 2, 4, 8 and so on of a run, and at its end, however fast the machine is.</para>
/// </remarks>
/// <example><code>
/// var report = new ReportCallback("run1.html") { TrainingData = train, MeasuredData = validation };
/// Trainer.For(network, new Adam(), new TrainerOptions { Callbacks = [report] }).Fit(train, epochs: 10, validation);
/// </code></example>
public sealed class ReportCallback : TrainingCallback
{
    private const double ShareOfTime = 0.01;
    private const int LookedAt = 128;
    private const int MeasuredSamples = 10_000;
    private const int MostLines = 6;
    private const int MostClasses = 40;
    private const int MostWrong = 24;
    private const int HistogramBins = 40;

    private TrainingDoctor? _doctor;
    private Probe? _looked;
    private Probe? _measured;
    private Curve _losses = new();
    private Curve _rates = new();
    private string? _failure;
    private int _epochsBegun;
    private int _epochsSeen;
    private long _start;
    private TimeSpan _spent;
    private TimeSpan _lastWrite;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; its folder is created if it does not exist.</param>
    public ReportCallback(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The samples that are trained with, for the doctor, in the user's numbers; null (the default) for no findings.</summary>
    public DataSource? TrainingData { get; init; }

    /// <summary>Samples whose outputs are shown, up to 10,000 of them, or as many as 64 MB hold, in the user's numbers; null (the default) for none. Those of the validation suit.</summary>
    public DataSource? MeasuredData { get; init; }

    /// <summary>The shape of the images that inputs are; null (the default) for that of an input of three axes with one or three channels. Other numbers of channels are shown as the grey of their mean.</summary>
    public ImageShape? Images { get; init; }

    /// <summary>The names of the classes; empty (the default) for their numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>An earlier run, whose curves are drawn beside those of this one; null (the default) for none.</summary>
    public History? CompareWith { get; init; }

    /// <summary>What the doctor has found so far; nothing without <see cref="TrainingData"/>.</summary>
    public IReadOnlyList<Finding> Findings => _doctor?.Findings ?? [];

    /// <summary>How long the report has taken so far: writing it, and looking at the network.</summary>
    public TimeSpan TimeSpent => _spent;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Samples or images do not fit the network, or a label is none of its classes.</exception>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _start = Stopwatch.GetTimestamp();
        _spent = _lastWrite = TimeSpan.Zero;
        (_losses, _rates) = (new Curve(), new Curve());
        (_failure, _epochsBegun, _epochsSeen) = (null, 0, 0);
        var description = context.Trainer.Description;
        if (Images is { } shape)
            RequireImages(shape, description);
        _measured = MeasuredData is null ? null : Probe.Of(MeasuredData, description, MeasuredSamples, nameof(MeasuredData));
        _looked = TrainingData is { } training ? Probe.Of(training, description, LookedAt, nameof(TrainingData))
            : MeasuredData is { } measured ? Probe.Of(measured, description, LookedAt, nameof(MeasuredData)) : null;
        _doctor = TrainingData is null ? null : new TrainingDoctor(TrainingData);
        _doctor?.OnRunBegin(context);
        _spent = Stopwatch.GetElapsedTime(_start);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => _epochsBegun++;

    /// <inheritdoc/>
    public override void OnStepBegin(TrainingContext context)
    {
        var begin = Stopwatch.GetTimestamp();
        _doctor?.OnStepBegin(context);
        _spent += Stopwatch.GetElapsedTime(begin);
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var begin = Stopwatch.GetTimestamp();
        _doctor?.OnBatchEnd(context);
        if (context.StepTaken)
        {
            var place = context.Epoch - 1 + ((double)context.Batch / context.BatchCount);
            _losses.Add(place, context.BatchLoss);
            _rates.Add(place, context.LearningRate);
        }

        _spent += Stopwatch.GetElapsedTime(begin);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (int.IsPow2(_epochsBegun))
            LookAtEpoch(context);
        if (_spent + _lastWrite <= ShareOfTime * Stopwatch.GetElapsedTime(_start))
            Write(context, isRunning: true);
    }

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _failure = exception.Message;
        _doctor?.OnException(context, exception);
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.History.Epochs.Count > 0 && _epochsBegun > _epochsSeen)
            LookAtEpoch(context);
        var begin = Stopwatch.GetTimestamp();
        _doctor?.OnRunEnd(context);
        _spent += Stopwatch.GetElapsedTime(begin);
        // A run that fails before it begins leaves an earlier report as it is.
        if (_epochsBegun > 0 || (_failure is null && context.History.Epochs.Count > 0))
            Write(context, isRunning: false);
    }

    private static void RequireImages(ImageShape images, NetworkDescription network)
    {
        if (images.Length != network.InputLength)
            throw new ArgumentException($"Expected the shape of images of {network.InputLength} numbers, the inputs of {network.Name}, but got {images}, which has {images.Length}.", nameof(images));
    }

    private void LookAtEpoch(TrainingContext context)
    {
        var begin = Stopwatch.GetTimestamp();
        _doctor?.OnEpochEnd(context);
        _epochsSeen = _epochsBegun;
        _spent += Stopwatch.GetElapsedTime(begin);
    }

    private void Write(TrainingContext context, bool isRunning)
    {
        if (context.Trainer.Options.FastDevRun)
            return;
        var begin = Stopwatch.GetTimestamp();
        Replace(Page(context, isRunning));
        _lastWrite = Stopwatch.GetElapsedTime(begin);
        _spent += _lastWrite;
    }

    private string Page(TrainingContext context, bool isRunning)
    {
        var description = context.Trainer.Description;
        var page = new ReportPage($"Training of {description.Name}", isRunning);
        var history = context.History;
        var end = isRunning ? "still training" : _failure is not null ? $"ended by an error: {_failure}" : history.StopMessage ?? "all epochs done";
        page.Paragraph(Text($"{history.Epochs.Count} epochs, {context.Step} steps, {Stopwatch.GetElapsedTime(_start).TotalSeconds:F1} s; {end}. {context.Trainer.Optimizer.GetType().Name} with a learning rate of {context.LearningRate:G3}; {description.ParameterCount:N0} parameters."));
        if (TrainingData is not null)
            AddFindings(page);
        AddCurves(page, history);
        AddLayers(page, context.Trainer);
        if (_measured is not null && Probe.Classes(description) is not null && description.Losses[0].Kind == LossKind.SoftmaxCrossEntropy)
            AddClasses(page, context.Trainer, new ClassCurves(context.Trainer, _measured));
        else if (_measured is not null && Probe.Numbers(description) is not null)
            AddNumbers(page, context.Trainer, _measured);
        return page.End();
    }

    private void AddFindings(ReportPage page)
    {
        page.Section("Findings");
        if (Findings.Count == 0)
            page.Paragraph("Nothing that would keep the network from learning.");
        foreach (var finding in Findings)
            page.Finding(finding);
    }

    private void AddCurves(ReportPage page, History history)
    {
        page.Section("Curves");
        var names = history.Epochs.Count == 0 ? [] : history.Epochs[^1].Names().ToArray();
        page.Figure("Loss", Svg.Lines("Loss by epoch", "epoch", [new("steps", _losses.X, _losses.Y), .. OfEpochs(names.Where(EpochResult.IsLoss))]));
        foreach (var metric in names.Where(name => !EpochResult.IsLoss(name)).GroupBy(name => name.StartsWith(EpochResult.ValidationPrefix, StringComparison.Ordinal) ? name[EpochResult.ValidationPrefix.Length..] : name))
            page.Figure(Spaced(metric.Key), Svg.Lines(metric.Key, "epoch", [.. OfEpochs(metric)]));
        page.Figure("Learning rate", Svg.Lines("Learning rate by epoch", "epoch", [new("learning rate", _rates.X, _rates.Y)]));
        page.Figure("Seconds of an epoch", Svg.Lines("Seconds of each epoch", "epoch", [new("seconds", [.. history.Epochs.Select(epoch => (double)epoch.Epoch)], [.. history.Epochs.Select(epoch => epoch.Seconds)])]));
        if (_doctor?.Watch is not { } watch)
            return;
        var layers = watch.Layers.Count <= MostLines ? watch.Layers : [.. Enumerable.Range(0, MostLines).Select(index => watch.Layers[index * (watch.Layers.Count - 1) / (MostLines - 1)])];
        page.Figure("Gradients by layer", Svg.Lines("Root of the mean square of gradients", "step that was looked at", [.. layers.Select(layer => Series(layer.Weight, layer.Gradients))], logarithmic: true));
        page.Figure("Update / weight by layer", Svg.Lines("Ratio of the norms of update and weights", "step that was looked at", [.. layers.Select(layer => Series(layer.Weight, layer.Updates))], logarithmic: true));
        page.Figure("Weights by layer", Svg.Lines("Root of the mean square of weights", "step that was looked at", [.. layers.Select(layer => Series(layer.Weight, layer.Weights))]));

        IEnumerable<Svg.Series> OfEpochs(IEnumerable<string> figures)
        {
            foreach (var name in figures)
            {
                yield return HistoryExtensions.Series(history, name) with { Name = Spaced(name) };
                if (CompareWith is { Epochs.Count: > 0 } && CompareWith.Epochs[^1].TryGet(name, out _))
                    yield return HistoryExtensions.Series(CompareWith, name) with { Name = $"{Spaced(name)}, earlier run" };
            }
        }

        static Svg.Series Series(string name, StepFigures figures) => new(name, figures.Curve.X, figures.Curve.Y);

        static string Spaced(string name) => name.Replace('_', ' ');
    }

    private void AddLayers(ReportPage page, Trainer trainer)
    {
        page.Section("Layers");
        var values = _looked is null ? [] : LayerProbe.Of(trainer, _looked);
        var rows = new List<string[]> { (string[])["layer", "kind", "output", "parameters", "multiply-adds", "stable rank", "mean", "deviation", "dead or saturated"] };
        foreach (var layer in trainer.Description.Layers)
        {
            var weight = trainer.Weights.Table.Parameters.FirstOrDefault(parameter => parameter.Layer == layer.Name && parameter is { Kind: ParameterKind.Weight, Shape.Length: > 1 });
            var seen = values.FirstOrDefault(other => other.Name.Split(" + ")[^1] == layer.Name);
            rows.Add(
            [
                layer.Name, layer.Kind, string.Join('×', layer.OutputShape), layer.Parameters.ToString("N0", CultureInfo.InvariantCulture), layer.MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture),
                weight is null ? "" : Text($"{StableRank.Of(Unpacked(trainer, weight), weight.Shape[0]):F1} of {Math.Min(weight.Shape[0], weight.Count / weight.Shape[0])}"),
                seen is null ? "" : Svg.Number(seen.Mean), seen is null ? "" : Svg.Number(seen.Deviation),
                seen is null || seen.Function == UnitFunction.Other ? "" : Text($"{(seen.Function == UnitFunction.ReLU ? (double)seen.Dead / seen.Units : seen.Saturation):P0}"),
            ]);
        }

        page.Table(rows);
        foreach (var weight in trainer.Weights.Table.Parameters.Where(parameter => parameter is { Kind: ParameterKind.Weight, Trainable: true }).Take(2 * MostLines))
            AddHistogram(page, weight.Name, Unpacked(trainer, weight));
    }

    private static void AddHistogram(ReportPage page, string name, float[] values)
    {
        var (least, most) = (values.Min(), values.Max());
        if (!float.IsFinite(most - least) || most <= least)
            return;
        var counts = new double[HistogramBins];
        foreach (var value in values)
            counts[Math.Min(HistogramBins - 1, (int)((value - least) / (most - least) * HistogramBins))]++;
        page.Figure(name, Svg.Bars($"Histogram of {name}", "weight", counts, least, most));
    }

    private void AddClasses(ReportPage page, Trainer trainer, ClassCurves curves)
    {
        page.Section("Classes");
        var classes = Enumerable.Range(0, curves.ClassCount).ToArray();
        var right = Enumerable.Range(0, curves.Count).Count(sample => curves.Predicted(sample) == curves.Label(sample));
        var (confidence, accuracy, error) = curves.Calibration();
        page.Paragraph(Text($"{right} of {curves.Count} samples are right: {100.0 * right / curves.Count:F2} %. Expected calibration error: {100 * error:F2} %."));
        if (curves.ClassCount <= MostClasses)
        {
            var counts = new int[curves.ClassCount, curves.ClassCount];
            for (var sample = 0; sample < curves.Count; sample++)
                counts[curves.Label(sample), curves.Predicted(sample)]++;
            page.Table(
                [(string[])["label ↓ predicted →", .. classes.Select(NameOf)], .. classes.Select(label => (string[])[NameOf(label), .. classes.Select(predicted => counts[label, predicted] is 0 ? "·" : counts[label, predicted].ToString(CultureInfo.InvariantCulture))])],
                (row, column) => row > 0 && row == column);
        }

        var worst = classes.Select(label => (Label: label, Area: curves.Area(label))).Where(item => !double.IsNaN(item.Area)).OrderBy(item => item.Area).Take(MostLines)
            .Select(item => (item.Label, item.Area, Curve: curves.Curve(item.Label))).ToArray();
        var which = worst.Length < classes.Length ? $", the {worst.Length} worst classes" : "";
        page.Figure($"ROC{which}", Svg.Lines("True positives over false positives", "false positives", [.. worst.Select(item => new Svg.Series(Text($"{NameOf(item.Label)}, area {item.Area:F4}"), item.Curve.FalseRate, item.Curve.TrueRate))]));
        page.Figure($"Precision over recall{which}", Svg.Lines("Precision over recall", "recall", [.. worst.Select(item => new Svg.Series(NameOf(item.Label), item.Curve.TrueRate, item.Curve.Precision))]));
        page.Figure("Calibration", Svg.Lines("Share of right predictions over their confidence", "confidence", [new("right", confidence, accuracy), new("ideal", [0, 1], [0, 1])]));
        AddMostWrong(page, trainer, curves);
    }

    private void AddMostWrong(ReportPage page, Trainer trainer, ClassCurves curves)
    {
        var wrong = curves.MostWrong(MostWrong);
        if (wrong.Length == 0)
            return;
        page.Section("Most wrong samples");
        if (ImagesOf(trainer.Description) is { } shape)
        {
            page.Pictures(wrong.Select(sample => (
                Svg.Picture(_measured!.Input(sample), shape, _measured.PlaceOf(sample)),
                Text($"{_measured.PlaceOf(sample)}: {NameOf(curves.Label(sample))} ({curves.Probabilities(sample)[curves.Label(sample)]:P1}), taken for {NameOf(curves.Predicted(sample))} ({curves.Probabilities(sample)[curves.Predicted(sample)]:P1})"))));
            return;
        }

        var shown = Math.Min(8, _measured!.InputLength);
        page.Table(
            [
                (string[])["sample", "label", "predicted", "probability of the label", .. Enumerable.Range(0, shown).Select(feature => Text($"input {feature}"))],
                .. wrong.Select(sample => (string[])[_measured.PlaceOf(sample), NameOf(curves.Label(sample)), NameOf(curves.Predicted(sample)), Svg.Number(curves.Probabilities(sample)[curves.Label(sample)]), .. _measured.Input(sample)[..shown].Select(value => Svg.Number(value))]),
            ]);
    }

    private static void AddNumbers(ReportPage page, Trainer trainer, Probe measured)
    {
        page.Section("Outputs");
        var outputs = measured.Outputs(trainer);
        if (outputs.Length != measured.Targets.Length)
            return;
        var worst = Enumerable.Range(0, outputs.Length).Where(index => measured.HasTarget(index / measured.TargetLength, index % measured.TargetLength))
            .OrderByDescending(index => Math.Abs(outputs[index] - measured.Targets[index])).Take(MostWrong);
        page.Table([(string[])["sample", "target", "output", "error"], .. worst.Select(index => (string[])[measured.PlaceOf(index / measured.TargetLength), Svg.Number(measured.Targets[index]), Svg.Number(outputs[index]), Svg.Number(outputs[index] - measured.Targets[index])])]);
    }

    private ImageShape? ImagesOf(NetworkDescription description) => Images
        ?? (description.InputShape is [1 or 3, var height, var width] ? new ImageShape(description.InputShape[0], height, width) : null);

    private string NameOf(int label) => label < ClassNames.Count ? ClassNames[label] : label.ToString(CultureInfo.InvariantCulture);

    private static float[] Unpacked(Trainer trainer, ParameterInfo parameter)
    {
        var values = new float[parameter.Count];
        parameter.Unpack(trainer.Weights.Values, values);
        return values;
    }

    /// <summary>Whoever opens the file sees the old report or the new one.</summary>
    private void Replace(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, content);
            File.Move(temporary, Path, overwrite: true);
        }
        finally
        {
            // Only where one of the two failed.
            File.Delete(temporary);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
