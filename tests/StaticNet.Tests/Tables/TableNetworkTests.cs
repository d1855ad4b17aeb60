using StaticNet.Data;
using StaticNet.Networks.Tables;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Tests.Training;
using StaticNet.Training;
using static StaticNet.Tests.Tables.Texts;

namespace StaticNet.Tests.Tables;

public class TableNetworkTests
{
    private const string Animals =
        "id,weight,home,seen,kind\n1,10,land,2024-01-01,cat\n2,,land,2024-01-03,dog\n3,30,sea,2024-01-05,whale\n";

    [Fact]
    public void A_row_is_predicted_alike_where_it_is_trained_and_where_weights_are_loaded()
    {
        var table = Read(Animals);
        var network = Trained(table);
        var model = new TableClassesModel();
        model.LoadSafetensors(Stored(network));

        foreach (var row in table)
        {
            var (here, there) = (network.Predict(row), model.Predict(row));
            Assert.Equal(row["kind"], here.Class);
            Assert.Equal(here.Class, there.Class);
            Assert.Equal(here[0].Probabilities.ToArray(), there["kind"].Probabilities.ToArray());
            Assert.Equal(1, there[0].Probabilities.Sum(), 12);
            Assert.Equal(there.Probability, there[0].Probabilities.Max());
        }

        Assert.Equal("whale", model.Predict([("weight", 30), ("home", "sea"), ("seen", new DateOnly(2024, 1, 5))]).Class);
        Assert.Equal("whale", model.Predict(["30", "sea", "2024-01-05"]).Class);
        Assert.Equal("dog", model.Predict([("weight", null), ("home", "land"), ("seen", "2024-01-03")]).Class);
        Assert.Equal("dog", model.Predict(new Dictionary<string, string?> { ["seen"] = "2024-01-03", ["home"] = "land", ["weight"] = null }).Class);
        Assert.StartsWith("dog (", model.Predict([null, "land", "2024-01-03"]).ToString(), StringComparison.Ordinal);
        Assert.Equal(network.Weights.Schema!.Describe(), model.Weights.Schema!.Describe());
        Assert.Throws<DataFormatException>(() => model.Predict(["30", "sky", "2024-01-05"]));
        Assert.Throws<InvalidOperationException>(() => model.Predict(table[0]).Number);
        Assert.Throws<ArgumentException>(() => model.Predict(table[0])["weight"]);
    }

    [Fact]
    public void Probabilities_are_the_softmax_of_the_outputs()
    {
        var table = Read(Animals);
        var network = Trained(table);
        var schema = network.Weights.Schema!;
        var input = new float[5];
        var output = new float[3];
        schema.Encode(table[0], input);
        network.Forward(input, output);
        var sum = output.Sum(number => Math.Exp(number));

        Assert.All(network.Predict(table[0])[0].Probabilities.Zip(output), pair => Assert.Equal(Math.Exp(pair.Second) / sum, pair.First, 9));
    }

    [Fact]
    public void Numbers_come_back_in_the_units_of_their_columns()
    {
        var table = Read("x,grams,price\n1,1000,\"0,5\"\n2,2000,\"0,7\"\n3,3000,\"0,9\"\n");
        var schema = TableSchema.Fit(table, [new NumberColumn("x")], [new NumberTarget("grams"), new NumberTarget("price") { DecimalComma = true }]);
        var network = new TableNumbers(seed: 1);
        network.SetSchema(schema);
        var data = schema.ToDataSet(table);
        Assert.Equal([1000f, 0.5f, 2000, 0.7f, 3000, 0.9f], data.Targets.ToArray());
        var trainer = Trainer.For(network, new Adam(learningRate: 0.05f));
        trainer.Fit(data, epochs: 400);
        var model = new TableNumbersModel();
        model.LoadSafetensors(Stored(network));

        var prediction = model.Predict([("x", 2.5)]);

        Assert.Equal(2500, prediction["grams"].Number, 1.0);
        Assert.Equal(0.8, prediction["price"].Number, 0.001);
        Assert.Null(prediction["grams"].Probability);
        Assert.Contains("2 targets: grams, price", Assert.Throws<InvalidOperationException>(() => prediction.Number).Message, StringComparison.Ordinal);
        Assert.StartsWith("grams 2", prediction.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaling_of_inputs_keeps_that_of_the_targets_of_the_schema()
    {
        var table = Read("x,grams,price\n1,1000,5\n2,2000,7\n3,3000,9\n");
        var network = new TableNumbers(seed: 1);
        network.SetSchema(TableSchema.Fit(table, [new NumberColumn("x")], [new NumberTarget("grams"), new NumberTarget("price")]));
        var targets = network.Weights.Scaling.Targets!;
        Assert.Equal([2000f, 7], targets.Shift.ToArray());

        network.SetScaling(inputs: new Scaler([1], [2]));
        Assert.Same(targets, network.Weights.Scaling.Targets);
        Assert.NotNull(network.Weights.Scaling.Inputs);
        // Another schema has what it says, and none of the one before.
        network.SetSchema(TableSchema.Fit(
            table, [new NumberColumn("x")], [new NumberTarget("grams") { Scaling = ColumnScaling.None }, new NumberTarget("price") { Scaling = ColumnScaling.None }]));
        Assert.Equal(Scaling.None, network.Weights.Scaling);
    }

    [Fact]
    public void Large_inputs_and_such_as_are_no_numbers_have_the_name_of_their_column()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 40).Select(row => $"{row % 3},{2000 + row},{(row % 2 == 0 ? "a" : "b")},{(char)('p' + (row % 3))}"));
        var table = Read($"age,year,side,kind\n{rows}\n");
        var schema = TableSchema.Fit(
            table,
            [new NumberColumn("age"), new CategoryColumn("side"), new NumberColumn("year") { Scaling = ColumnScaling.None, Missing = MissingValue.KeepNaN, Indicator = true }],
            [new ClassTarget("kind")]);
        var network = new TableClasses(seed: 1);
        network.SetSchema(schema);
        var writer = new StringWriter();
        var trainer = new Trainer<TableClasses>(network, new Sgd(1e-6f), new TrainerOptions { Warnings = writer });

        trainer.Fit(schema.ToDataSet(table), epochs: 1);

        Assert.Contains("1 of 5 inputs, the first of them input 3 (column 'year'), are beyond ±10", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Scaling = ColumnScaling.Standard", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SetScaling", writer.ToString(), StringComparison.Ordinal);
        var gap = schema.ToDataSet(Read("age,year,side,kind\n1,,a,p\n"));
        Assert.Contains("has NaN at 3 (column 'year').", Assert.Throws<ArgumentException>(() => trainer.Fit(schema.ToDataSet(table), epochs: 1, validation: gap)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_classes_come_from_one_output()
    {
        var table = Read("x,y\n-1,no\n1,yes\n");
        var schema = TableSchema.Fit(table, [new NumberColumn("x")], [new ClassTarget("y")]);
        var network = new TableYesNo(seed: 1);
        network.SetSchema(schema);
        Set(network, 2, 0.5f);

        // The deviation of −1 and 1 is 1, so that the logits are 2x + 0.5.
        var yes = network.Predict([("x", 1)]);
        Assert.Equal("yes", yes.Class);
        Assert.Equal(1 / (1 + Math.Exp(-2.5)), yes.Probability!.Value, 6);
        var no = network.Predict([("x", -1)]);
        Assert.Equal("no", no.Class);
        Assert.Equal(1 - (1 / (1 + Math.Exp(1.5))), no.Probability!.Value, 6);
    }

    [Fact]
    public void Signs_have_no_probability()
    {
        var table = Read("x,y\n-1,left\n1,right\n");
        var schema = TableSchema.Fit(table, [new NumberColumn("x")], [new ClassTarget("y") { Encoding = ClassEncoding.Sign }]);
        var network = new TableSides(seed: 1);
        network.SetSchema(schema);
        Set(network, 1, 0);

        Assert.Equal([-1f, 1], schema.ToDataSet(table).Targets.ToArray());
        Assert.Equal("left", network.Predict(["-3"]).Class);
        Assert.Equal("right", network.Predict(["3"]).Class);
        Assert.Null(network.Predict(["3"]).Probability);
        Assert.Equal("right", network.Predict(["3"]).ToString());
    }

    [Fact]
    public void A_class_and_a_number_are_predicted_together()
    {
        var table = Read("x,grams,kind\n1,1000,a\n2,2000,b\n3,3000,c\n");
        var schema = TableSchema.Fit(table, [new NumberColumn("x")], [new ClassTarget("kind"), new NumberTarget("grams")]);
        var network = new TableMixed(seed: 1);
        network.SetSchema(schema);
        Trainer.For(network, new Adam(learningRate: 0.03f)).Fit(schema.ToDataSet(table), epochs: 1000);

        foreach (var row in table)
        {
            var prediction = network.Predict(row);
            Assert.Equal(row["kind"], prediction["kind"].Class);
            Assert.Equal(double.Parse(row["grams"], System.Globalization.CultureInfo.InvariantCulture), prediction["grams"].Number, 50.0);
        }
    }

    [Fact]
    public void A_schema_that_does_not_fit_the_network_is_refused()
    {
        var table = Read("x,y,z\n1,a,5\n2,b,6\n");
        var one = TableSchema.Fit(table, [new NumberColumn("x")], [new ClassTarget("y")]);
        var number = TableSchema.Fit(table, [new NumberColumn("x")], [new NumberTarget("z")]);

        Assert.Equal("The schema produces 1 numbers (x 1); TableClasses takes 5.", Fault(() => new TableClasses(seed: 1).SetSchema(one)));
        Assert.Contains("takes 2 numbers; the target 'y' is 2 classes as an index: a, b.", Fault(() => new TableNumbers(seed: 1).SetSchema(one)), StringComparison.Ordinal);
        Assert.Contains("the schema only has the targets z", Fault(() => new TableNumbers(seed: 1).SetSchema(number)), StringComparison.Ordinal);
        Assert.Contains("takes the index of one of 3 classes; the target 'y' is 2 classes", Fault(() => new TableMixed(seed: 1).SetSchema(one)), StringComparison.Ordinal);
        Assert.Contains("the target 'z' is number, scaled", Fault(() => new TableYesNo(seed: 1).SetSchema(number)), StringComparison.Ordinal);
        Assert.Contains("It takes the schema from the file that it loads", Fault(() => new TableNumbersModel().SetSchema(number)), StringComparison.Ordinal);
        Assert.Contains("no loss of TableYesNo takes 'z'", Fault(() => new TableYesNo(seed: 1).SetSchema(
            TableSchema.Fit(table, [new NumberColumn("x")], [new ClassTarget("y"), new NumberTarget("z")]))), StringComparison.Ordinal);
        Assert.Contains("has no schema of tables", Assert.Throws<InvalidOperationException>(() => new TableYesNo(seed: 1).Predict(["1"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_schema_that_is_damaged_or_of_another_network_is_refused_whole()
    {
        var network = Trained(Read(Animals));
        var state = network.ToStateDict();
        var other = new TableClasses(seed: 9);
        var before = other.Weights.Values.ToArray();

        state.Metadata["staticnet.schema"] = "{}";
        Assert.Contains("has a schema of tables that cannot be used: The schema, at its beginning: expected", Fault(() => other.LoadStateDict(state)), StringComparison.Ordinal);
        state.Metadata["staticnet.schema"] = TableSchema.Fit(Read("x\n1\n"), [new NumberColumn("x")], []).ToJson();
        Assert.Contains("The schema produces 1 numbers", Fault(() => other.LoadStateDict(state)), StringComparison.Ordinal);
        Assert.Equal(before, other.Weights.Values.ToArray());
        Assert.Null(other.Weights.Schema);
    }

    [Fact]
    public void A_schema_goes_with_the_parameters_that_it_was_loaded_with()
    {
        var network = Trained(Read(Animals));
        var with = network.ToStateDict();
        var without = new TableClasses(seed: 2).ToStateDict();

        // The program's own stays where none comes, as a scaling does.
        network.LoadStateDict(without);
        Assert.NotNull(network.Weights.Schema);
        var model = new TableClassesModel();
        model.LoadStateDict(with);
        Assert.NotNull(model.ShareWeights().Weights.Schema);
        model.LoadStateDict(without);
        Assert.Null(model.Weights.Schema);
        model.Weights.CopyFrom(network.Weights);
        Assert.Same(network.Weights.Schema, model.Weights.Schema);
    }

    [Fact]
    public void A_checkpoint_has_the_schema()
    {
        using var folder = new TemporaryFolder();
        var table = Read(Animals);
        var trained = Trained(table);
        var data = trained.Weights.Schema!.ToDataSet(table);
        Run(trained, null);
        var resumed = new TableClasses(seed: 1);
        Run(resumed, folder.Path);

        Assert.Equal(trained.Weights.Schema.ToJson(), resumed.Weights.Schema!.ToJson());
        Assert.Equal(trained.Predict(table[0]).Class, resumed.Predict(table[0]).Class);

        void Run(TableClasses network, string? resumeFrom) =>
            new Trainer<TableClasses>(network, new Adam(learningRate: 0.05f), new TrainerOptions { Callbacks = [new CheckpointCallback(folder.Path)] })
                .Fit(data, epochs: 2, resumeFrom: resumeFrom);
    }

    [Fact]
    public void Training_with_a_schema_allocates_nothing_for_a_batch()
    {
        var table = Read(Animals);
        var network = Trained(table);
        var data = network.Weights.Schema!.ToDataSet(table);
        using var loader = new DataLoader(data, batchSize: 2, seed: 1);
        var adam = new Adam(learningRate: 0.01f);
        adam.Attach(network.Weights);
        Epoch();

        Assert.Equal(0, Allocations.Of(Epoch));

        void Epoch()
        {
            foreach (var batch in loader.Epoch(0))
            {
                network.TrainBatch(batch.ToBatch());
                adam.Step(network.Weights, network.Gradients);
            }
        }
    }

    private static TableClasses Trained(Table table)
    {
        var schema = TableSchema.Fit(
            table,
            [new NumberColumn("weight") { Missing = MissingValue.Mean, Indicator = true }, new CategoryColumn("home"), new DateColumn("seen")],
            [new ClassTarget("kind")]);
        var network = new TableClasses(seed: 1);
        network.SetSchema(schema);
        Trainer.For(network, new Adam(learningRate: 0.05f)).Fit(schema.ToDataSet(table), epochs: 100);
        return network;
    }

    private static byte[] Stored<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, network.ToStateDict());
        return stream.ToArray();
    }

    private static void Set<TNetwork>(TNetwork network, float weight, float bias)
        where TNetwork : class, INetwork<TNetwork>
    {
        var state = new StateDict();
        state.Add("dense1.weight", [1, 1], [weight]);
        state.Add("dense1.bias", [1], [bias]);
        network.LoadStateDict(state);
    }

    private static string Fault(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
