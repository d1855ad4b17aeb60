using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <content>Inputs and outputs.</content>
internal sealed partial class NetworkGraph
{
    private bool AddInputs(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        if (spec.Inputs.Count > 0)
            Steps = spec.Inputs[0].Steps;
        for (var index = 0; index < spec.Inputs.Count; index++)
        {
            var place = Place.Input(index);
            var (shape, name) = (spec.Inputs[index].Shape.ToArray(), spec.Inputs[index].Name);
            if (shape.Length is < 1 or > 3 || shape.Any(size => size < 1))
                errors.Report(place, Rules.Argument, "Input", "shape", "one to three positive sizes", shape.Length == 0 ? "none" : Invariant.List(shape));
            else if (TooLarge(shape))
                errors.Report(place, Rules.TooLarge, "Input", Invariant.Shape(shape), Limits.LargestValue);
            else if (name is null && spec.Inputs.Count > 1)
                errors.Report(place, Rules.Argument, "Input", "Name", "given where there are several inputs", "none");
            else if (spec.Inputs[index].Steps is not (>= 1 and <= Limits.MostSteps) and var steps)
                errors.Report(place, Rules.Argument, "Input", "Steps", $"1 to {Limits.MostSteps}", Invariant.Text(steps));
            else if (index > 0 && spec.Inputs[index].Steps != Steps)
                errors.Report(place, Rules.Argument, "Input", "Steps", $"that of the first input, {Invariant.Text(Steps)}", Invariant.Text(spec.Inputs[index].Steps));
            else if (scope.TryAddInput(new NetworkInput(name ?? InputName, TensorType.Of(shape), StepInputLength), spec.Inputs[index].Before, place))
                continue;
            return false;
        }

        if (Steps * Inputs.Sum(input => (long)input.Type.Length) <= Limits.LargestValue)
            return true;
        errors.Report(Place.Input(spec.Inputs.Count - 1), Rules.TooLargeInTotal, spec.Target.Name, Steps * Inputs.Sum(input => (long)input.Type.Length), "elements of inputs", Limits.LargestValue);
        return false;
    }

    /// <summary>The outputs; fewer than declared after an error.</summary>
    private List<NetworkOutput> ResolveOutputs(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        if (spec.Outputs.Count == 0)
            return [new NetworkOutput(OutputName, Last, TypeOf(Last), 0)];

        var outputs = new List<NetworkOutput>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in Inputs)
            names[Names.Camel(input.Name)] = input.Name;
        for (var index = 0; index < spec.Outputs.Count; index++)
        {
            var (place, output) = (Place.Output(index), spec.Outputs[index]);
            var node = Last;
            if (output.From is not null && !scope.TryFind(output.From, out node))
            {
                errors.Report(place, Rules.UnknownName, output.From, scope.KnownNames);
                continue;
            }

            if (IsConstant(node))
            {
                errors.Report(place, Rules.ConstantOutsideJoin, NameOf(node), "Output");
                continue;
            }

            var name = output.Name ?? NameOf(node);
            if (!SyntaxFacts.IsValidIdentifier(name))
                errors.Report(place, Rules.InvalidName, name);
            else if (names.TryGetValue(Names.Camel(name), out var other))
                errors.Report(place, Rules.DuplicateOutput, name, other);
            else
                outputs.Add(new NetworkOutput(name, node, TypeOf(node), outputs.Sum(before => before.Type.Length)));
            names[Names.Camel(name)] = name;
        }

        var total = outputs.Sum(output => (long)StepsOf(output.Node) * output.Type.Length);
        if (total <= Limits.LargestValue)
            return outputs;
        errors.Report(Place.Output(spec.Outputs.Count - 1), Rules.TooLargeInTotal, spec.Target.Name, total, "elements of outputs", Limits.LargestValue);
        return [];
    }
}
