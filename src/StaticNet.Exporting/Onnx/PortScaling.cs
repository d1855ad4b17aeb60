using StaticNet.Data;
using StaticNet.Generator.Layers;
using StaticNet.Serialization;

namespace StaticNet.Exporting.Onnx;

/// <summary>The scaling of all inputs or outputs together, written for one of them.</summary>
/// <param name="scaler">The scaler of a row of all of them.</param>
/// <param name="name">What is scaled, as in state dicts.</param>
internal sealed class PortScaling(Scaler scaler, string name)
{
    /// <summary>The scalings that are stored with weights.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="graph">The network that they are of.</param>
    /// <exception cref="ExportException">What is stored is no scaling, does not fit the network, or has a function; both are looked at.</exception>
    public static (PortScaling? Inputs, PortScaling? Targets) Read(StateDict weights, NetworkGraph graph)
    {
        var problems = new List<string>();
        var scalings = (Of("inputs", graph.InputLength), Of("targets", graph.OutputLength));
        return problems.Count == 0 ? scalings : throw new ExportException(problems);

        PortScaling? Of(string what, int length)
        {
            var name = $"scaling.{what}";
            try
            {
                var scaler = Scaler.FromStateDict(name, weights);
                if (scaler is { Function: not ScalerFunction.Linear and var function })
                    problems.Add($"{name} has the function {function}, which is not written in ONNX: scale the numbers in the program that runs the model, and export weights without the scaling.");
                else if (scaler is not null && length % scaler.Length != 0)
                    problems.Add($"Expected a scaler of 1 or {length} {what} in {name}; it has {scaler.Length}.");
                return scaler is null ? null : new PortScaling(scaler, name);
            }
            catch (ArgumentException e)
            {
                problems.Add($"Expected a scaler in {name}, but it is none: {e.Message}");
                return null;
            }
        }
    }

    /// <summary>(x − shift) / scale.</summary>
    public string Scale(ModelBuilder model, string value, int[] shape, int steps, int stepLength, int offset)
    {
        var (shift, scale) = Numbers(model, shape, steps, stepLength, offset);
        return model.Node("Div", $"{name}.scaled", [model.Node("Sub", $"{name}.shifted", [value, shift]), scale]);
    }

    /// <summary>x · scale + shift.</summary>
    public string Undo(ModelBuilder model, string value, int[] shape, int steps, int stepLength, int offset)
    {
        var (shift, scale) = Numbers(model, shape, steps, stepLength, offset);
        return model.Node("Add", $"{name}.undone", [model.Node("Mul", $"{name}.scaled", [value, scale]), shift]);
    }

    private (string Shift, string Scale) Numbers(ModelBuilder model, int[] shape, int steps, int stepLength, int offset)
    {
        if (scaler.Length == 1)
            return (model.Number(scaler.Shift[0]), model.Number(scaler.Scale[0]));
        var length = shape.Aggregate(1, (product, size) => product * size) / steps;
        int[] features = [.. from step in Enumerable.Range(0, steps) from element in Enumerable.Range(0, length) select ((step * stepLength) + offset + element) % scaler.Length / scaler.Width];
        return (model.Floats($"{name}.shift", shape, Of(scaler.Shift)), model.Floats($"{name}.scale", shape, Of(scaler.Scale)));

        float[] Of(ReadOnlySpan<float> values)
        {
            var all = new float[features.Length];
            for (var element = 0; element < all.Length; element++)
                all[element] = values[features[element]];
            return all;
        }
    }
}
