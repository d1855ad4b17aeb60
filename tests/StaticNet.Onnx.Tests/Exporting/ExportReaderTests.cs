using StaticNet.Exporting;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>What of sources is a network, and what is said of one that is not whole.</summary>
public sealed class ExportReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_twin_is_read_as_its_network()
    {
        var path = Write("[Network, Input(3), Dense(2), SoftmaxCrossEntropyLoss, Training] public partial class Net; [InferenceOf(typeof(Net))] public partial class Twin;");

        Assert.Equal("Net, Twin", string.Join(", ", NetworkReader.Names(path)));
        Assert.Equal("Net", NetworkReader.Read(path).Name);
        var twin = NetworkReader.Read(path, "Twin");
        Assert.Equal("Twin", twin.Name);
        Assert.Equal(["dense1.weight", "dense1.bias"], twin.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_twin_of_no_network_is_refused()
    {
        var path = Write("public class Net; [InferenceOf(typeof(Net))] public partial class Twin;");

        Assert.Equal(["The network of Twin, an inference twin, does not compile; build the project to see why."], Faults(path));
    }

    [Fact]
    public void A_name_in_full_goes_before_short_ones()
    {
        var path = Write("[Network, Input(3), Dense(2)] public partial class Net; namespace Other { [Network, Input(4), Dense(2)] public partial class Net; }");

        Assert.Equal("Net", NetworkReader.Read(path, "Net").FullName);
        Assert.Equal("Other.Net", NetworkReader.Read(path, "Other.Net").FullName);
    }

    [Theory]
    [InlineData("[Network, Dense(2)] public partial class Net;", "SN0001: Net has no [Input]: give the shape of one sample, such as [Input(64)]")]
    [InlineData("[Network, Input(3)] public partial class Net;", "SN0002: Net has no layer: put at least one layer attribute, such as [Dense(10)], below [Input]")]
    [InlineData("[Network, Input(3)] public partial class Net; [Dense(2)] partial class Net;", "SN0012: ")]
    [InlineData("[Network, Input(3), Dense(2), Training] public partial class Net;", "SN0016: ")]
    [InlineData("[Network, Input(3), Dense(2)] public partial class One;", "SN0014: The class must not be named One: ")]
    [InlineData("[Network, Input(3), Dense(2), Dence(1)] public partial class Net;", "The declaration of Net does not compile; build the project to see why.")]
    [InlineData("[Network, Input(3), Block(typeof(Part))] public partial class Net; [Dense(2), Dence(1)] public class Part;", "The declaration of Net does not compile; build the project to see why.")]
    public void What_the_generator_refuses_is_refused(string declaration, string expected) => Assert.Contains(expected, Assert.Single(Faults(Write(declaration))), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        var path = Write("", "Net.vb");

        Assert.Equal([$"Expected a .cs file, a .csproj file, a folder or a .dll file, but got {path}."], Assert.Throws<ExportException>(() => NetworkReader.Names(path)).Problems);
    }

    private static IReadOnlyList<string> Faults(string path) => Assert.Throws<ExportException>(() => NetworkReader.Read(path)).Problems;

    private string Write(string text, string name = "Net.cs")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "using StaticNet;\n" + text);
        return path;
    }
}
