using Spectre.Console;
using StaticNet.Audio.Tests.Reference;
using StaticNet.Serialization;
using StaticNet.Tool;

namespace StaticNet.Audio.Tests;

/// <summary>The command <c>staticnet import</c> with captures.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Lstm = """{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": 4, "num_layers": 1 }, "metadata": { "name": "Blues 40" } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_capture_becomes_a_class_its_weights_and_its_state()
    {
        var model = Write("my.nam", ReferenceNam.Draw(Lstm, 1));

        Assert.Equal(ExitCode.Done, Run("import", model, "-o", _folder, "--namespace", "Plugin"));

        Assert.Contains("namespace Plugin;", File.ReadAllText(Path.Combine(_folder, "Blues40.cs")), StringComparison.Ordinal);
        Assert.Equal("Blues 40", Safetensors.Load(Path.Combine(_folder, "model.safetensors")).Metadata["metadata.name"]);
        Assert.Equal(["lstm1.hidden", "lstm1.cell"], Safetensors.Load(Path.Combine(_folder, ImportedCapture.StateFile)).Select(tensor => tensor.Name));
    }

    [Fact]
    public void What_is_wrong_is_an_exit_code()
    {
        Assert.Equal(ExitCode.Refused, Run("import", Write("cut.nam", Lstm), "-o", _folder));
        Assert.Equal(ExitCode.Refused, Run("import", Write("fast.nam", ReferenceNam.Draw(Lstm, 1)), "-o", _folder, "--oversampling", "2"));
        Assert.Equal(ExitCode.File, Run("import", Path.Combine(_folder, "missing.json"), "-o", _folder));
        Assert.NotEqual(ExitCode.Done, Run("import", Write("a.nam", Lstm), "--oversampling", "17"));
        Assert.NotEqual(ExitCode.Done, Run("import", Write("a.nam", Lstm), "--size", "2"));
    }

    [Theory]
    [InlineData("--output", "y")]
    [InlineData("--input", "x=1")]
    [InlineData("--dim", "batch=1")]
    [InlineData("--direct")]
    [InlineData("--vectors", "2")]
    [InlineData("--report", "report.md")]
    public void Options_of_ONNX_models_are_refused_with_captures(params string[] option)
    {
        var model = Write("my.nam", ReferenceNam.Draw(Lstm, 1));

        Assert.Equal([$"{option[0]} is for ONNX models, but my.nam is a capture of an amplifier."], Faults(["import", model, "-o", _folder, .. option]));
        Assert.NotEqual(ExitCode.Done, Run(["import", model, "-o", _folder, .. option]));
        Assert.False(File.Exists(Path.Combine(_folder, "Blues40.cs")));
    }

    [Theory]
    [InlineData("--oversampling", "2")]
    [InlineData("--size", "0.5")]
    public void Options_of_captures_are_refused_with_ONNX_models(params string[] option) => Assert.Equal(
        [$"{option[0]} is for captures of amplifiers (.nam, .json), but model.onnx is an ONNX model."], Faults(["import", "model.onnx", .. option]));

    private static IEnumerable<string> Faults(string[] arguments) =>
        ToolCommand.Create(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) })).Parse(arguments).Errors.Select(error => error.Message);

    private static int Run(params string[] arguments) => ToolCommand.Create(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) })).Parse(arguments).Invoke();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
