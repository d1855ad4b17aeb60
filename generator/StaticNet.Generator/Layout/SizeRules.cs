using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>Holds parameters, activations and the state of streams to the limits.</summary>
internal static class SizeRules
{
    /// <summary>Checks the parameters, before anything else is made of them.</summary>
    /// <exception cref="NetworkTooLargeException">They are too many.</exception>
    public static void CheckParameters(IEnumerable<Parameter> parameters) => Check(parameters.Sum(parameter => parameter.PackedSize));

    /// <summary>
    /// Checks a network. Its operations report what is padded: which axis is last in memory, and that a weight in groups comes with
    /// all its zeros.
    /// </summary>
    /// <exception cref="NetworkTooLargeException">It is too large.</exception>
    public static void Check(NetworkSpec spec, NetworkProgram program)
    {
        var parameters = program.Parameters.Sum(parameter => parameter.PackedSize);
        // Training copies the weights of products transposed, where the inputs are padded and not the outputs.
        if (spec.BatchSize is not null)
        {
            var transposed = program.Operations.OfType<Product>().Where(product => product.AdjointTransposes);
            parameters = Math.Max(parameters, transposed.Sum(product => product.Weight.TransposedSize));
        }

        Check(parameters);

        // A function of single elements is computed in the place of what it takes, and another shape is no copy; but what is kept has a
        // place of its own, and so has its gradient.
        var samples = spec.BatchSize ?? 1;
        var places = spec.KeepsValues ? 2 : 1;
        var activations = program.Operations
            .Where(operation => operation is not (Rearrangement or SequenceView) && !operation.IsPrepared && (spec.KeepsValues || operation is not Elementwise { Inputs.Count: 1 }))
            .Sum(operation => operation.Output.Type.PaddedSize * operation.Output.Steps * (operation.Output.IsShared ? 1 : samples) * places);
        var place = spec.BatchSize is null ? PlaceKind.Network : PlaceKind.Training;
        if (activations > Limits.MostFloats)
            throw new NetworkTooLargeException(activations, "activations of a batch with padding", place);

        var state = program.Operations.SelectMany(operation => operation.States).Sum(slot => slot.Steps * slot.Type.PaddedSize);
        if (state > Limits.MostFloats)
            throw new NetworkTooLargeException(state, "numbers kept from step to step with padding", PlaceKind.Network);
    }

    private static void Check(double parameters)
    {
        if (parameters > Limits.MostFloats)
            throw new NetworkTooLargeException(parameters, "parameters with padding", PlaceKind.Network);
    }
}
