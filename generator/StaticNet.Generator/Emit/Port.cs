using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>An input or an output as emitted methods name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class of its constants.</param>
/// <param name="Local">The name of its memory in methods.</param>
/// <param name="Stride">The name of the floats from sample to sample of that memory.</param>
/// <param name="Type">The shape of one step of a sample.</param>
/// <param name="Steps">The steps of a sample.</param>
internal sealed record Port(string Name, string Class, string Local, string Stride, TensorType Type, int Steps)
{
    /// <summary>The constant of its floats per sample.</summary>
    public string Length => $"{Class}.{Names.Pascal(Name)}Length";

    /// <summary>The constant of its floats a step.</summary>
    public string StepLength => Steps == 1 ? Length : $"{Class}.{Names.Pascal(Name)}StepLength";

    /// <summary>The shape of a sample, in words.</summary>
    public string Shape => Steps == 1 ? $"{Type}" : $"{Vocabulary.Invariant.Text(Steps)} steps of {Type}";

    /// <summary>The constant of its place in a step that holds all.</summary>
    public string Offset => $"{Class}.{Names.Pascal(Name)}Offset";
}
