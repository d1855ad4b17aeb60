using StaticNet.Data;
using StaticNet.Networks.Tables;
using StaticNet.Optimizers;
using StaticNet.Tests.Training;
using StaticNet.Training;
using static StaticNet.Tests.Tables.Texts;

namespace StaticNet.Tests.Tables;

/// <summary>The schema of a program and that of the checkpoint that it resumes from.</summary>
public class TableResumeTests
{
    private static readonly TableSchema Stored = Schema("x,y\n1,a\n2,b\n3,a\n");
    private static readonly TableSchema Other = Schema("x,y\n1,a\n2,b\n9,a\n");
    private static readonly DataSet Data = Stored.ToDataSet(Read("x,y\n1,a\n2,b\n3,a\n"));

    [Fact]
    public void Another_schema_is_refused_and_stays()
    {
        using var folder = new TemporaryFolder();
        Fit(Network(Stored), folder);
        var network = Network(Other);
        var (before, weights) = (network.Weights.Schema, network.Weights.Values.ToArray());

        var error = Assert.Throws<ArgumentException>(() => Fit(network, folder, resume: true));

        Assert.Matches("It has schema: content [0-9a-f]{16}, expected content [0-9a-f]{16}[.]", error.Message);
        Assert.Same(before, network.Weights.Schema);
        Assert.Equal(weights, network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_schema_that_the_checkpoint_has_not_is_refused()
    {
        using var folder = new TemporaryFolder();
        Fit(Network(null), folder);

        var error = Assert.Throws<ArgumentException>(() => Fit(Network(Stored), folder, resume: true));

        Assert.Matches("It has schema: none, expected content [0-9a-f]{16}[.]", error.Message);
    }

    [Fact]
    public void The_same_schema_and_one_of_the_checkpoint_alone_need_no_permission()
    {
        using var folder = new TemporaryFolder();
        Fit(Network(Stored), folder);
        var (same, none) = (Network(Stored), Network(null));

        Fit(same, folder, resume: true);
        Fit(none, folder, resume: true, epochs: 3);
        // What it has taken over stands in its own checkpoints.
        var error = Assert.Throws<ArgumentException>(() => Fit(Network(Other), folder, resume: true, epochs: 4));

        Assert.Equal(same.Weights.Schema!.ToJson(), none.Weights.Schema!.ToJson());
        Assert.Contains("schema: content", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_schema_that_may_change_is_that_of_the_program(bool isStored)
    {
        using var folder = new TemporaryFolder();
        Fit(Network(isStored ? Stored : null), folder);
        var network = Network(Other);
        var own = network.Weights.Schema!;

        Fit(network, folder, resume: true, epochs: 3, allowed: ["schema"]);
        var next = Network(null);
        Fit(next, folder, resume: true, epochs: 4);

        Assert.Same(own, network.Weights.Schema);
        Assert.Equal(own.ToJson(), next.Weights.Schema!.ToJson());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_resumption_that_fails_leaves_the_schema_as_it_was(bool hasOne)
    {
        using var folder = new TemporaryFolder();
        Fit(Network(Stored), folder);
        var network = Network(hasOne ? Stored : null);
        var before = network.Weights.Schema;

        Assert.Throws<FormatException>(() => Fit(network, folder, resume: true, more: new Failing()));

        Assert.Same(before, network.Weights.Schema);
    }

    private static TableYesNo Network(TableSchema? schema)
    {
        var network = new TableYesNo(seed: 1);
        if (schema is not null)
            network.SetSchema(schema);
        return network;
    }

    private static TableSchema Schema(string table) => TableSchema.Fit(Read(table), [new NumberColumn("x")], [new ClassTarget("y")]);

    private static void Fit(TableYesNo network, TemporaryFolder folder, bool resume = false, int epochs = 2, string[]? allowed = null, params TrainingCallback[] more)
    {
        var options = new TrainerOptions { Callbacks = [.. more, new CheckpointCallback(folder.Path)], AllowedChanges = allowed ?? [], Warnings = TextWriter.Null };
        new Trainer<TableYesNo>(network, new Adam(0.05f), options).Fit(Data, epochs, resumeFrom: resume ? folder.Path : null);
    }

    private sealed class Failing : TrainingCallback
    {
        public override void OnRunBegin(TrainingContext context) => throw new FormatException();
    }
}
