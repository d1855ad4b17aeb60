using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace StaticNet;

/// <summary>What a network consists of and what it costs.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Inputs">The inputs in the order in which a sample holds them.</param>
/// <param name="Outputs">The outputs in the order in which a sample holds them.</param>
/// <param name="Layers">The layers in the order in which they run.</param>
/// <param name="Losses">The losses in the order of their targets; empty at inference.</param>
/// <param name="WeightBytes">The bytes of the parameters, padding included.</param>
/// <param name="WorkspaceBytes">The additional bytes that one instance needs: activations, what is prepared from the weights
/// and, in training, the gradients of activations.
/// </param>
public sealed record NetworkDescription(
    string Name,
    ImmutableArray<PortDescription> Inputs,
    ImmutableArray<PortDescription> Outputs,
    ImmutableArray<LayerDescription> Layers,
    ImmutableArray<LossDescription> Losses,
    long WeightBytes,
    long WorkspaceBytes)
{
    /// <summary>The steps of a sample: above 1, it is a sequence, and shapes are those of one step.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>
    /// The steps of the input that belong together because of strides in time; 1 without such. <see cref="Steps"/>, the lengths of sequences and those of a
    /// stream's blocks are multiples of it, since an output may come only once for as many steps.
    /// </summary>
    public int TotalStride { get; init; } = 1;

    /// <summary>The steps that outputs and losses have: <see cref="Steps"/>, or what strides in time make of them, or 1 where they are of the sequence as a whole.</summary>
    public int OutputSteps
    {
        get => _outputSteps > 0 ? _outputSteps : Steps;
        init => _outputSteps = value;
    }

    private readonly int _outputSteps;

    /// <summary>The steps that the output of a sequence has.</summary>
    /// <param name="length">The steps of the sequence, a multiple of <see cref="TotalStride"/>.</param>
    /// <returns>The steps: as many, or what strides in time make of them, or 1 where the output is of the sequence as a whole.</returns>
    public int OutputStepsOf(int length) => OutputSteps == Steps ? length : OutputSteps == 1 ? 1 : (int)((long)length * OutputSteps / Steps);

    /// <summary>The shape of one input sample; if there are several inputs, which a sample holds one after the other, their
    /// number of floats.</summary>
    public ImmutableArray<int> InputShape => Steps == 1 && Inputs is [var only] ? only.Shape : Inputs is [var step] ? [Steps, .. step.Shape] : [InputLength];

    /// <summary>The shape of one output sample; if there are several outputs, which a sample holds one after the other, their
    /// number of floats.</summary>
    public ImmutableArray<int> OutputShape => OutputSteps == 1 && Outputs is [var only] ? only.Shape : Outputs is [var step] ? [OutputSteps, .. step.Shape] : [OutputLength];

    /// <summary>The number of floats of one input sample.</summary>
    public int InputLength => Steps * LengthOf(Inputs);

    /// <summary>The number of floats of one output sample.</summary>
    public int OutputLength => OutputSteps * LengthOf(Outputs);

    /// <summary>The number of floats of one sample's targets: those of all losses.</summary>
    public int TargetLength => OutputSteps * Losses.Sum(loss => loss.TargetLength);

    /// <summary>The number of learned numbers; zeros in place of weights without a connection are not counted.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.Parameters);

    /// <summary>The multiplications with an addition of one forward pass of one sample, or of one step of a sequence; with strides in time, of
    /// <see cref="TotalStride"/> steps.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The table of layers as text.</summary>
    /// <returns>Lines without a final line break.</returns>
    public override string ToString()
    {
        var rows = Inputs.Select(input => new[] { input.Name, Steps == 1 ? "Input" : string.Create(CultureInfo.InvariantCulture, $"Input, {Steps} steps"), string.Join("×", input.Shape), "", "" })
            .Concat(Layers.Select(layer => new[] { layer.Name, layer.Kind, string.Join("×", layer.OutputShape), Number(layer.Parameters), Number(layer.MultiplyAdds) }))
            .Prepend(["layer", "kind", "output", "parameters", "multiply-adds"])
            .Append(["total", "", "", Number(ParameterCount), Number(MultiplyAdds)])
            .ToArray();
        var widths = Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length)).ToArray();

        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                var cell = column < 3 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column]);
                text.Append(column == 0 ? "" : "  ").Append(cell);
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"weights {WeightBytes:N0} bytes, workspace {WorkspaceBytes:N0} bytes");
        return text.ToString();
    }

    // Without LINQ, which allocates: loops over samples ask for it.
    private static int LengthOf(ImmutableArray<PortDescription> ports)
    {
        var length = 0;
        foreach (var port in ports)
            length += port.Length;
        return length;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>An input or an output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of one sample, or of one step of a sequence.</param>
/// <param name="Offset">Where it begins in a sample, or a step, that holds all inputs, or all outputs.</param>
public sealed record PortDescription(string Name, ImmutableArray<int> Shape, int Offset)
{
    /// <summary>The number of floats of one sample, or of one step of a sequence.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is, with its arguments: <c>Dense 128, ReLU</c>.</param>
/// <param name="OutputShape">The shape of the output for one sample, or for one step of a sequence.</param>
/// <param name="Parameters">The number of its learned numbers; zeros in place of weights without a connection are not counted.</param>
/// <param name="MultiplyAdds">The multiplications with an addition of one forward pass of one sample, or one step of a sequence
/// (with strides in time, of the total stride's steps), of dense layers and convolutions: each weight once for each position of its window, including taps on padding, but not other
/// groups and missing connections.
/// </param>
public sealed record LayerDescription(string Name, string Kind, ImmutableArray<int> OutputShape, long Parameters, long MultiplyAdds);

/// <summary>One loss of a network.</summary>
/// <param name="Kind">The function.</param>
/// <param name="From">The layer whose output it takes.</param>
/// <param name="Weight">Its factor in the total.</param>
/// <param name="TargetOffset">Where its targets start in a sample's targets, or in those of a step of a sequence.</param>
/// <param name="TargetLength">The number of its targets per sample, or per step; 1 if the target is a class index, 0 if it takes
/// that of another loss.</param>
/// <param name="OutputLength">The number of elements of the output that it takes.</param>
/// <param name="TargetIsIndex">Whether the target is a class index.</param>
/// <param name="OutputOffset">Where the output that it takes begins in a sample's outputs, or in those of a step; −1 if it is not
/// an output of the network.</param>
public sealed record LossDescription(
    LossKind Kind, string From, float Weight, int TargetOffset, int TargetLength, int OutputLength, bool TargetIsIndex, int OutputOffset = -1);
