using System.Runtime.InteropServices;
using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Serialization;

namespace StaticNet.Tests.Serialization;

/// <summary>Weights in the layout of the kernels, as files.</summary>
public sealed class BakedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    private string FilePath => Path.Combine(_folder, "net.baked");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_network_has_from_a_file_the_weights_that_were_saved()
    {
        AssertRestored(new LeNet5(3), new LeNet5(4));
        AssertRestored(new MobileNetV1x025(3), new MobileNetV1x025(4));
        AssertRestored(new Iris(3), new Iris(4));
    }

    /// <summary>
    /// The mark of the format stands for these places too: whoever moves them gives it another number, so that files from before are refused.
    /// </summary>
    [Fact]
    public void Each_number_is_in_its_place_in_files_of_this_mark()
    {
        var network = new LeNet5(3);
        network.SaveBaked(FilePath);
        var bytes = File.ReadAllBytes(FilePath);
        var state = network.ToStateDict();
        var weights = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(bytes.Length - (4 * LeNet5.ParameterTable.Length))).ToArray();
        var (convolution, dense) = (Offset("conv2.weight"), Offset("dense2.weight"));

        Assert.Equal("SNBAKED1"u8, bytes.AsSpan(0, 8));
        // [filters, channels, taps] in panels of 16 filters, each with the taps one after the other, and the channels of each tap.
        Assert.All(Enumerable.Range(0, 16 * 6 * 25), index =>
        {
            var (filter, channel, tap) = (index / 150, index / 25 % 6, index % 25);
            Assert.Equal(state["conv2.weight"].Values[index], weights[convolution + (((tap * 6) + channel) * 16) + filter]);
        });
        // [outputs, inputs] in panels of 16 outputs, the last one padded with zeros.
        Assert.All(Enumerable.Range(0, 96 * 120), index =>
        {
            var (output, input) = (index / 120, index % 120);
            Assert.Equal(output < 84 ? state["dense2.weight"].Values[index] : 0, weights[dense + (((output / 16 * 120) + input) * 16) + (output % 16)]);
        });

        static int Offset(string name) => LeNet5.ParameterTable.Parameters.Single(parameter => parameter.Name == name).Offset;
    }

    [Fact]
    public void A_scaling_comes_along_and_one_of_old_weights_goes()
    {
        var source = new Iris(1);
        source.SaveBaked(FilePath);
        var plain = File.ReadAllBytes(FilePath);
        source.SetScaling(new Scaler([1, 2, 3, 4], [5, 6, 7, 8]), null);
        source.SaveBaked(FilePath);

        var target = new IrisInference();
        target.LoadBaked(FilePath);

        Assert.Equal(source.Weights.Values, target.Weights.Values);
        Assert.Equal([1, 2, 3, 4], target.Weights.Scaling.Inputs!.Shift);
        Assert.Equal([5, 6, 7, 8], target.Weights.Scaling.Inputs!.Scale);
        target.LoadBaked(plain);
        Assert.Null(target.Weights.Scaling.Inputs);
    }

    [Fact]
    public void A_file_of_another_network_is_refused_by_its_first_tensor_and_changes_nothing()
    {
        new Mlp64x64x64x8(1).SaveBaked(FilePath);
        var network = new Mlp784x128x10(2);
        var before = network.Weights.Values.ToArray();

        var exception = Assert.Throws<ArgumentException>(() => network.LoadBaked(FilePath));

        Assert.Equal($"{FilePath} does not fit Mlp784x128x10: the first tensor that differs is dense1.weight [64, 64], where Mlp784x128x10 has dense1.weight [128, 784].", exception.Message);
        Assert.Equal(before, network.Weights.Values);
    }

    [Fact]
    public void A_file_of_another_layout_of_the_same_tensors_is_refused()
    {
        new Iris(1).SaveBaked(FilePath);
        var bytes = File.ReadAllBytes(FilePath);
        var place = bytes.AsSpan().IndexOf("offset 0"u8);
        "offset 8"u8.CopyTo(bytes.AsSpan(place));
        bytes[8] ^= 1;

        Assert.Contains(
            "the first tensor that differs is dense1.weight [16, 4], which is stored in another order (Weight; Panels; offset 8; channels 0; groups 1; gates 1; connections  instead of Weight; Panels; offset 0;",
            Assert.Throws<ArgumentException>(() => new Iris(2).LoadBaked(bytes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_cut_or_changed_in_a_file_is_refused_or_a_finite_number()
    {
        new Iris(1).SaveBaked(FilePath);
        var whole = File.ReadAllBytes(FilePath);
        var network = new Iris(2);
        for (var length = 0; length < whole.Length; length += 3)
            Assert.Throws<DataFormatException>(() => network.LoadBaked(whole.AsSpan(0, length)));

        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (Record.Exception(() => network.LoadBaked(damaged)) is { } exception)
                Assert.True(exception is DataFormatException or ArgumentException, exception.ToString());
            Assert.DoesNotContain(network.Weights.Values.ToArray(), value => !float.IsFinite(value));
        }
    }

    [Fact]
    public void Weights_that_are_missing_or_not_finite_are_not_saved()
    {
        var state = new Iris(1).ToStateDict();
        var (without, damaged) = (new StateDict(), new StateDict());
        foreach (var tensor in state)
        {
            if (tensor.Name != "dense2.bias")
                without.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Values);
            damaged.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Name == "dense2.bias" ? [float.NaN, .. tensor.Values[1..]] : tensor.Values);
        }

        Assert.Contains("Tensors missing: dense2.bias.", Assert.Throws<ArgumentException>(() => BakedFile.Save(FilePath, Iris.ParameterTable, without)).Message, StringComparison.Ordinal);
        Assert.Contains("dense2.bias holds a number that is NaN or infinite", Assert.Throws<ArgumentException>(() => BakedFile.Save(FilePath, Iris.ParameterTable, damaged)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(FilePath));
    }

    private void AssertRestored<TNetwork>(TNetwork source, TNetwork target)
        where TNetwork : class, INetwork<TNetwork>
    {
        source.SaveBaked(FilePath);
        target.LoadBaked(FilePath);

        Assert.Equal(source.Weights.Values, target.Weights.Values);
        var (input, expected, actual) = (Enumerable.Range(0, TNetwork.InputLength).Select(place => place % 7 / 7f).ToArray(), new float[TNetwork.OutputLength], new float[TNetwork.OutputLength]);
        source.Forward(input, expected);
        target.Forward(input, actual);
        Assert.Equal(expected, actual);
    }
}
