using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Networks;
using StaticNet.Tool;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>Weights that are baked from a declaration, without the class.</summary>
public sealed class BakeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_class_takes_the_file_that_its_declaration_leads_to()
    {
        AssertTaken<LeNet5, LeNet5>();
        AssertTaken<LeNet5Of1998, LeNet5Of1998>();
        AssertTaken<MobileNetV1x025, MobileNetV1x025>();
        AssertTaken<Iris, IrisInference>();
        AssertTaken<CenterLosses, CenterLosses>();
        AssertTaken<CenterLosses, CenterLossesModel>();
    }

    [Fact]
    public void The_command_writes_it_beside_the_weights()
    {
        var weights = Path.Combine(_folder, "lenet5.safetensors");
        var network = new LeNet5(7);
        network.SaveSafetensors(weights);

        Assert.Equal(ExitCode.Done, Run("bake", typeof(LeNet5).Assembly.Location, "--network", "StaticNet.Networks.LeNet5", "--weights", weights));

        var loaded = new LeNet5(8);
        loaded.LoadBaked(Path.ChangeExtension(weights, ".baked"));
        Assert.Equal(network.Weights.Values, loaded.Weights.Values);
        Assert.Equal(ExitCode.Refused, Run("bake", typeof(LeNet5).Assembly.Location, "--network", "StaticNet.Networks.Iris", "--weights", weights));
        Assert.Equal(ExitCode.File, Run("bake", typeof(LeNet5).Assembly.Location, "--network", "StaticNet.Networks.Iris", "--weights", weights + ".none"));
    }

    private static int Run(params string[] arguments) => ToolCommand.Create(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) })).Parse(arguments).Invoke();

    private void AssertTaken<TSource, TTarget>()
        where TSource : class, INetwork<TSource>
        where TTarget : class, INetwork<TTarget>
    {
        var (source, target, path) = (TSource.Create(5), TTarget.Create(6), Path.Combine(_folder, "net.baked"));

        WeightBaker.Save(NetworkReader.Of<TTarget>(), source.ToStateDict(), path);
        target.LoadBaked(path);

        foreach (var tensor in target.ToStateDict())
            Assert.Equal(source.ToStateDict()[tensor.Name].Values, tensor.Values);
    }
}
