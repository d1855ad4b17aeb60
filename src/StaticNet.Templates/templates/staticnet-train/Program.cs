using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;
using StaticNet_App;

// Your table in place of flowers.csv: name its columns below, and declare as many inputs as Describe prints.
var table = Table.Load(Path.Combine(AppContext.BaseDirectory, "flowers.csv"));
var (rest, test) = table.Split(0.8, seed: 1, stratifiedBy: "kind");
var (train, validation) = rest.Split(0.8, seed: 2, stratifiedBy: "kind");

// Fitted on the training part alone, and stored with the weights, so the program that predicts takes rows as they are.
var schema = TableSchema.Fit(
    train,
    [
        new NumberColumn("petal_length"),
        new NumberColumn("petal_width") { Missing = MissingValue.Median },
        new NumberColumn("height"),
        new CategoryColumn("place"),
    ],
    [new ClassTarget("kind")]);
Console.WriteLine($"{schema.Describe()}\n");

var network = new FlowerNetwork(seed: 1);
network.SetSchema(schema);
var options = new TrainerOptions { Seed = 1, Metrics = [new Accuracy()], Callbacks = [new EarlyStopping(patience: 20)] };
var trainer = Trainer.For(network, new AdamW(learningRate: 3e-3f), options);
trainer.Fit(schema.ToDataSet(train), epochs: 200, validation: schema.ToDataSet(validation));

Console.WriteLine($"\nTest accuracy: {100 * trainer.Evaluate(schema.ToDataSet(test))["accuracy"]:F1} % of {test.Count} flowers that the network has not seen");
Console.WriteLine($"{test[0]}: {network.Predict(test[0])}");
network.SaveSafetensors("flowers.safetensors");
Console.WriteLine("Network and schema written to flowers.safetensors");
