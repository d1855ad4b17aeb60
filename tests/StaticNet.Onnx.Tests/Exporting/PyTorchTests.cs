using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StaticNet.Exporting;
using StaticNet.Exporting.PyTorch;
using StaticNet.Networks;
using StaticNet.Networks.Sequences;
using StaticNet.Optimizers;
using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>Twins of networks in PyTorch.</summary>
[Collection(nameof(ExportedNetwork))]
public sealed class PyTorchTests : IDisposable
{
    private const int Samples = 2;

    /// <summary>Loads each twin of a folder, saves its first parameters, and then its outputs and its parameters with given ones.</summary>
    private const string Driver = """
        import glob, importlib.util, sys, torch
        for path in sorted(glob.glob(sys.argv[1] + "/*.py")):
            spec = importlib.util.spec_from_file_location("twin", path)
            twin = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(twin)
            model = twin.MODEL().eval()
            twin.save(model, path + ".first")
            twin.load(model, path + ".weights")
            with torch.no_grad():
                outputs = twin.run(model, twin.read(path + ".samples")["inputs"])
            outputs = outputs if isinstance(outputs, tuple) else (outputs,)
            twin.write(path + ".outputs", {str(index): output for index, output in enumerate(outputs)})
            twin.save(model, path + ".saved")
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TorchFact]
    public void Twins_start_compute_and_save_as_their_networks_do()
    {
        var (written, refused) = WriteAll();

        var (code, text) = Python.Run("-c", Driver, _folder);

        Assert.True(code == 0, text);
        Assert.InRange(written.Count, 200, int.MaxValue);
        Assert.All(refused, problem => Assert.Contains("PyTorch", problem, StringComparison.Ordinal));
        Assert.All(written, item =>
        {
            var outputs = Safetensors.Load(item.Path + ".outputs").Select(tensor => tensor.Values.ToArray()).ToArray();
            Assert.InRange(ExportedNetwork.Error(item.Network.Forward(item.Network.Samples(Samples), Samples), item.Network.Joined(outputs, Samples)), 0, 2e-5f);
            var saved = Safetensors.Load(item.Path + ".saved");
            Assert.All(saved, tensor => Assert.Equal(item.Network.Weights[tensor.Name].Values, tensor.Values));
            Assert.Equal(item.Network.Declared.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), saved.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
            Assert.All(Safetensors.Load(item.Path + ".first"), tensor => AssertSameStart(tensor.Name, item.Network.First[tensor.Name].Values, tensor.Values));
        });
    }

    [TorchFact]
    public void Ten_steps_of_LeNet5_and_the_gradients_are_the_same() => AssertSameTraining(new LeNet5(3), random => random.Next(10));

    [TorchFact]
    public void Ten_steps_of_a_GRU_and_the_gradients_are_the_same() => AssertSameTraining(new Gru16(3), random => random.NextSingle());

    [TorchFact]
    public void Two_processes_train_as_one_does()
    {
        var network = new Gru16(4);
        // Of the last batch, one process gets nothing.
        var (data, weights, script) = (Data<Gru16>(37, random => random.NextSingle()), Saved("start", network.ToStateDict()), Twin<Gru16>());
        string[] options = ["--data", data, "--weights", weights, "--batch", "12", "--epochs", "2", "--momentum", "0.9"];
        var one = Path.Combine(_folder, "one.safetensors");
        var two = Path.Combine(_folder, "two.safetensors");
        var port = FreePort().ToString(CultureInfo.InvariantCulture);

        var alone = Python.Run([script, .. options, "--out", one]);
        var together = new (int Code, string Text)[2];
        Parallel.For(0, 2, rank => together[rank] = Python.Run(
            [("RANK", rank == 0 ? "0" : "1"), ("WORLD_SIZE", "2"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", port)], [script, .. options, "--out", two]));

        Assert.All([alone, .. together], run => Assert.True(run.Code == 0, run.Text));
        var (start, trained) = (network.ToStateDict(), Safetensors.Load(one));
        Assert.All(Safetensors.Load(two), tensor => Assert.InRange(Difference(trained[tensor.Name].Values, tensor.Values), 0, 1e-6f));
        Assert.All(trained, tensor => Assert.InRange(Difference(start[tensor.Name].Values, tensor.Values), 1e-4f, 1));
    }

    [TorchFact]
    public void Names_that_PyTorch_or_Python_has_are_kept_in_files()
    {
        File.WriteAllText(Path.Combine(_folder, "Names.cs"), """
            using StaticNet;
            [Network]
            [Input(3, Name = "class")]
            [Dense(3, Name = "forward")]
            [Dense(3, Name = "forward_")]
            [Block(typeof(Inner), Name = "train")]
            [Dense(3, Name = "train_lambda")]
            [Dense(2, Name = "torch")]
            [HalfSquaredErrorLoss(From = "forward")]
            public sealed partial class main;

            [Dense(3, Name = "lambda")]
            [Dense(3, Name = "keys")]
            public sealed class Inner;
            """);
        var declared = NetworkReader.Read(_folder);
        var path = Path.Combine(_folder, "main.py");

        PyTorchExporter.Save(declared, path);

        var saved = Path.Combine(_folder, "saved.safetensors");
        var (code, text) = Python.Run("-c", """
            import sys, torch
            sys.path.insert(0, sys.argv[1])
            import main as twin
            model = twin.MODEL()
            twin.save(model, sys.argv[2])
            twin.load(model, sys.argv[2])
            samples = torch.ones(4, 3)
            twin.loss(twin.run(model, samples), samples).backward()
            assert model.forward__.weight.grad is not None and model.torch_.weight.grad is None and twin.UNUSED
            assert twin.run(model.eval(), samples).shape == (4, 2)
            """, _folder, saved);
        Assert.True(code == 0, text);
        Assert.Equal(declared.Parameters.Select(parameter => parameter.Name), Safetensors.Load(saved).Select(tensor => tensor.Name));
    }

    [TorchFact]
    public void Weights_of_another_network_are_refused_by_name()
    {
        var script = Twin<Gru16>();
        var state = new Gru16(1).ToStateDict();
        var other = new StateDict();
        foreach (var tensor in state)
            other.Add(tensor.Name == "gru1.bias_hh" ? "gru2.bias_hh" : tensor.Name, tensor.Shape.AsSpan(), tensor.Values);

        var (code, text) = Python.Run(script, "--data", Data<Gru16>(5, _ => 0), "--weights", Saved("other", other), "--out", Path.Combine(_folder, "out.safetensors"));

        Assert.Equal(1, code);
        Assert.Contains("it lacks ['gru1.bias_hh'] and has also ['gru2.bias_hh'].", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_PyTorch_lacks_is_named_all_at_once()
    {
        var path = Path.Combine(_folder, "Cells.cs");
        File.WriteAllText(path, """
            using StaticNet;
            [Network]
            [Input(3, Steps = 4)]
            [LSTM(2, ReturnSequences = true, Peepholes = true)]
            [GRU(2, ReturnSequences = true, ResetAfter = false)]
            [GRU(3, Activation = Activation.ReLU)]
            [Dense(4, Initializer = Initializer.Sparse)]
            [CenterLoss]
            [SoftmaxCrossEntropyLoss]
            public partial class Cells;
            """);

        var e = Assert.Throws<ExportException>(() => PyTorchExporter.Export(NetworkReader.Read(path)));

        Assert.Equal(
            [
                "lstm1 (LSTM 2): PyTorch has no peepholes.",
                "gru1 (GRU 2): PyTorch resets the state of a GRU after the product.",
                "gru2 (GRU 3): PyTorch has cells with tanh and sigmoid only.",
                "dense1 (Dense 4): PyTorch has no initialiser like Sparse.",
                "CenterLoss: PyTorch has no such loss.",
            ],
            e.Problems);
    }

    /// <summary>Writes the twins of all networks that have one, with weights and samples next to each.</summary>
    private (List<(ExportedNetwork Network, string Path)> Written, List<string> Refused) WriteAll()
    {
        var (written, refused) = (new List<(ExportedNetwork, string)>(), new List<string>());
        foreach (var network in ExportedNetwork.All.Written)
        {
            var path = Path.Combine(_folder, $"{network.Declared.FullName}.py");
            try
            {
                PyTorchExporter.Save(network.Declared, path);
            }
            catch (ExportException e)
            {
                refused.AddRange(e.Problems);
                continue;
            }

            var samples = new StateDict();
            samples.Add("inputs", [Samples, network.Description.InputLength], network.Samples(Samples));
            Safetensors.Save(path + ".samples", samples);
            Safetensors.Save(path + ".weights", OfLayers(network));
            written.Add((network, path));
        }

        return (written, refused);
    }

    /// <summary>The parameters of layers: what losses keep is not exported.</summary>
    private static StateDict OfLayers(ExportedNetwork network)
    {
        var weights = new StateDict();
        foreach (var parameter in network.Declared.Parameters)
            weights.Add(parameter.Name, parameter.Shape.AsSpan(), network.Weights[parameter.Name].Values);
        return weights;
    }

    /// <summary>Fixed numbers are the same; drawn ones are from the same distribution.</summary>
    private static void AssertSameStart(string name, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        // Each magnitude is the norm of many weights, so that a few of them tell.
        if (name.EndsWith("_g", StringComparison.Ordinal) && ours.Length >= 4)
            Assert.InRange(Root(theirs) / Root(ours), 0.6, 1.7);
        if (ours.SequenceEqual(theirs) || ours.Length < 400)
            return;
        Assert.InRange(Root(theirs) / Root(ours), 0.85, 1.18);
        Assert.InRange(Most(theirs) / Most(ours), 0.6, 1.7);

        static double Root(ReadOnlySpan<float> values) => Math.Sqrt(values.ToArray().Average(value => (double)value * value));
        static double Most(ReadOnlySpan<float> values) => values.ToArray().Max(Math.Abs);
    }

    private void AssertSameTraining<TNetwork>(TNetwork network, Func<Random, float> target)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        const int steps = 10;
        var (batch, weights, script) = (TNetwork.BatchSize, Saved("start", network.ToStateDict()), Twin<TNetwork>());
        var data = Data<TNetwork>(steps * batch, target);
        var (start, tensors, optimizer) = (network.ToStateDict(), Safetensors.Load(data), new Sgd(0.05f));
        optimizer.Attach(network.Weights);
        StateDict? gradients = null;
        for (var step = 0; step < steps; step++)
        {
            network.TrainBatch(new Batch(Rows(tensors["inputs"], step), Rows(tensors["targets"], step), batch));
            gradients ??= network.GradientsToStateDict();
            optimizer.Step(network.Weights, network.Gradients);
        }

        var trained = Trained<TNetwork>(script, data, weights, "0.05");
        Assert.All(network.ToStateDict(), tensor => Assert.InRange(Difference(tensor.Values, trained[tensor.Name].Values), 0, 1e-4f));
        Assert.All(trained, tensor => Assert.InRange(Difference(tensor.Values, start[tensor.Name].Values), 1e-3f, float.MaxValue));

        // A step of rate 1 subtracts the gradients.
        var first = new StateDict();
        foreach (var tensor in tensors)
            first.Add(tensor.Name, [batch, tensor.Shape[1]], Rows(tensor, 0));
        var stepped = Trained<TNetwork>(script, Saved("first", first), weights, "1");
        Assert.All(gradients!, gradient =>
        {
            float[] subtracted = [.. start[gradient.Name].Values.ToArray().Zip(stepped[gradient.Name].Values.ToArray(), (before, after) => before - after)];
            Assert.InRange(Difference(gradient.Values, subtracted), 0, 1e-5f);
        });

        ReadOnlySpan<float> Rows(StateTensor tensor, int step) => tensor.Values.Slice(step * batch * tensor.Shape[1], batch * tensor.Shape[1]);
    }

    /// <summary>What an epoch of the script, in order, makes of the weights.</summary>
    private StateDict Trained<TNetwork>(string script, string data, string weights, string rate)
        where TNetwork : class, INetwork<TNetwork>
    {
        var path = Path.Combine(_folder, "trained.safetensors");
        var (code, text) = Python.Run(script, "--data", data, "--weights", weights, "--out", path, "--lr", rate, "--in-order", "--epochs", "1");
        Assert.True(code == 0, text);
        var copy = TNetwork.Create(1);
        copy.LoadSafetensors(path);
        return copy.ToStateDict();
    }

    private string Twin<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var path = Path.Combine(_folder, "twin.py");
        PyTorchExporter.Save(NetworkReader.Of<TNetwork>(), path);
        return path;
    }

    private string Data<TNetwork>(int samples, Func<Random, float> target)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var (random, data) = (new Random(5), new StateDict());
        data.Add("inputs", [samples, TNetwork.InputLength], [.. Enumerable.Range(0, samples * TNetwork.InputLength).Select(_ => random.NextSingle())]);
        data.Add("targets", [samples, TNetwork.TargetLength], [.. Enumerable.Range(0, samples * TNetwork.TargetLength).Select(_ => target(random))]);
        return Saved("data", data);
    }

    private string Saved(string name, StateDict state)
    {
        var path = Path.Combine(_folder, name + ".safetensors");
        Safetensors.Save(path, state);
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static float Difference(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => left.ToArray().Zip(right.ToArray(), (a, b) => MathF.Abs(a - b)).DefaultIfEmpty(0).Max();
}
