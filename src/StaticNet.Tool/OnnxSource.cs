using System.CommandLine;
using System.CommandLine.Parsing;

namespace StaticNet.Tool;

/// <summary>The options that choose an ONNX model, and those of its inputs and outputs that belong to a network.</summary>
/// <param name="description">What the model is for.</param>
internal sealed class OnnxSource(string description)
{
    private readonly Option<FileInfo?> _model = new("--onnx") { Description = description };

    private readonly Option<string[]> _output = new("--output") { Description = "An output of --onnx, by its name in the model; several in the order of the network's" };

    private readonly Option<string[]> _input = new("--input") { Description = "An input of --onnx that the network does not have, and the number that all its elements are: NAME=NUMBER" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_output);
        command.Options.Add(_input);
        _input.Validators.Add(result => ImportCommand.RequirePairs(result, text => ImportCommand.Number(text) is not null, "NAME=NUMBER"));
        command.Validators.Add(RequireModel);
    }

    /// <summary>The file of the model; null where none is chosen.</summary>
    public FileInfo? Model(ParseResult result) => result.GetValue(_model);

    /// <summary>Which inputs and outputs are meant.</summary>
    public OnnxPorts Ports(ParseResult result) => new(
        result.GetValue(_output) ?? [],
        ImportCommand.Pairs(result.GetValue(_input)).ToDictionary(pair => pair.Name, pair => ImportCommand.Number(pair.Value)!.Value, StringComparer.Ordinal));

    /// <summary>What says more of a model is nothing without one.</summary>
    private void RequireModel(CommandResult result)
    {
        foreach (var option in new Option[] { _output, _input }.Where(option => result.GetResult(_model) is null && result.GetResult(option) is { Implicit: false }))
            result.AddError($"{option.Name} belongs to --onnx, which is missing.");
    }
}
