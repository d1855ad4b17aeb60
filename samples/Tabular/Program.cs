using System.Globalization;
using Spectre.Console;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;
using Tabular;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

const int folds = 5;
var data = TumorData.Load();
var malignant = data.Targets.ToArray().Count(target => target == 1);
Console.WriteLine($"{data.Count} tumours with {data.InputLength} measurements each, {malignant} of them malignant.");
Console.WriteLine($"Cross-validation: each of {folds} networks is trained on {folds - 1} parts, and tested on the part that it has not seen.\n");

var table = new Table().AddColumns("fold", "epochs", "accuracy", "precision", "recall", "ROC AUC");
var results = new List<Evaluation>();
var scores = new List<(float Score, bool IsPositive)>();
var number = 0;
foreach (var fold in DataSplit.Folds(data, folds, seed: 1, stratified: true))
{
    var (train, test) = (data.Subset(fold.Training.AsSpan()), data.Subset(fold.Validation.AsSpan()));
    var (result, epochs) = TrainAndTest(train, test, scores);
    results.Add(result);
    table.AddRow([$"{++number}", $"{epochs}", .. Figures(name => $"{result[name]:F3}")]);
}

table.AddRow(["mean", "", .. Figures(name => $"{Mean(name):F3}")]);
table.AddRow(["deviation", "", .. Figures(name => $"{Math.Sqrt(results.Sum(result => Math.Pow(result[name] - Mean(name), 2)) / (folds - 1)):F3}")]);
AnsiConsole.Write(table);

// Every tumour was scored once, by the network that had not seen it.
var curve = new RocCurve(scores);
Console.WriteLine("\nOf the malignant tumours are found");
foreach (var alarms in new[] { 0.01, 0.02, 0.05, 0.1 })
    Console.WriteLine($"  {curve.FoundAt(alarms) * 100,5:F1} %, where {alarms * 100:F0} % of the benign ones may raise a false alarm");
Console.WriteLine($"\nMean ROC AUC: {Mean("roc_auc"):F4}");
return 0;

string[] Figures(Func<string, string> figure) => [figure("accuracy"), figure("precision"), figure("recall"), figure("roc_auc")];

double Mean(string name) => results.Average(result => result[name]);

static (Evaluation Result, int Epochs) TrainAndTest(DataSet train, DataSet test, List<(float Score, bool IsPositive)> scores)
{
    var network = new TumorNetwork(seed: 1);
    // Fitted on the training part alone: the test part must not be known in any way.
    network.SetScaling(inputs: Scaler.Standard(train.Inputs, train.InputLength));

    // There are fewer malignant tumours, so each counts more.
    var (learning, watched) = train.Split(0.8, seed: 1, stratified: true);
    learning = learning.WithClassWeights(ClassWeights.Balanced(learning, classes: 2));
    var options = new TrainerOptions
    {
        Seed = 1,
        Metrics = [new Accuracy(), new Precision(), new Recall(), new RocAuc()],
        Callbacks = [new EarlyStopping("validation_loss", patience: 20)],
    };
    var trainer = Trainer.For(network, new AdamW(learningRate: 3e-3f), options);
    var history = trainer.Fit(learning, epochs: 200, validation: watched);

    var logits = new float[test.Count];
    trainer.Predict(test.Inputs, logits);
    for (var sample = 0; sample < test.Count; sample++)
        scores.Add((logits[sample], test.Target(sample)[0] == 1));
    return (trainer.Evaluate(test), history.Epochs.Count);
}
