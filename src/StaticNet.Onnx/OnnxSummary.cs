using System.Collections.Immutable;

namespace StaticNet.Onnx;

/// <summary>What a model has.</summary>
/// <param name="Producer">What made it.</param>
/// <param name="Opset">The version of ONNX's operators.</param>
/// <param name="Inputs">The inputs with their shapes.</param>
/// <param name="Outputs">The outputs with their shapes.</param>
/// <param name="Operators">The operators of its graph with the numbers of their nodes.</param>
/// <param name="ConstantNumbers">The numbers of all constants that are stored with the graph.</param>
public sealed record OnnxSummary(
    string Producer,
    int Opset,
    ImmutableArray<(string Name, string Shape)> Inputs,
    ImmutableArray<(string Name, string Shape)> Outputs,
    ImmutableArray<(string Name, int Count)> Operators,
    long ConstantNumbers);
