using Microsoft.CodeAnalysis;

namespace StaticNet.Analyzers.Tests;

/// <summary>What is said of programs that use networks, beyond the examples of the rules' pages.</summary>
public class UseTests
{
    private const string Computes = ".Predict([5.1f, 3.5f, 1.4f, 0.2f], new float[3])";

    private static readonly Lazy<Compilation> Generated = new(() => Advised.Generate("""
        using StaticNet;
        [Network][Input(4)][Dense(8, Activation = Activation.PReLU)][Dense(3)][SoftmaxCrossEntropyLoss][Training] public sealed partial class Iris;
        public sealed class Worker
        {
            public Iris Network = new(seed: 1);

            public void Run() => System.Threading.Tasks.Parallel.For(0, 100, i => Network.Predict([5.1f, 3.5f, 1.4f, 0.2f], new float[3]));
        }
        """));

    [Theory]
    [InlineData($"Parallel.For(0, 100, i => {{ Make(out var network); network{Computes}; }}); static void Make(out Iris network) => network = new Iris(seed: 1);")]
    [InlineData($"object[] all = [new Iris(seed: 1), new Iris(seed: 2)]; Parallel.ForEach(all, item => {{ if (item is Iris network) network{Computes}; }});")]
    [InlineData($"Worker[] workers = [new Worker(), new Worker()]; Parallel.ForEach(workers, worker => worker.Network{Computes});")]
    public async Task A_network_of_each_call_is_not_shared(string program) =>
        Assert.DoesNotContain(await Advised.OfProgram(Generated.Value, program), diagnostic => diagnostic.Location.SourceTree!.FilePath == "Program.cs");

    [Fact]
    public async Task A_network_of_the_object_is_shared()
    {
        var diagnostic = Assert.Single(await Advised.Of(Generated.Value));

        Assert.Equal("SN1034", diagnostic.Id);
    }

    [Theory]
    [InlineData("SN1036", "Trainer.For(new Iris(seed: 1), new Adam(0.001f)).Fit(new DataSet(4, 1, new float[400], new float[100]), epochs: 10);")]
    [InlineData("SN1037", "var trainer = Trainer.For(new Iris(seed: 1), new Adam(0.001f) { WeightDecay = 1e-4f, DecayAll = true }); Console.WriteLine(trainer.Network.Seed);")]
    public async Task A_trainer_without_a_named_type_is_looked_at_too(string id, string program) =>
        Assert.Contains(await Advised.OfProgram(Generated.Value, program), diagnostic => diagnostic.Id == id);
}
