using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <content>Names, and the layers that they call.</content>
internal sealed partial class NetworkGraph
{
    /// <summary>The names of the network, or of one block.</summary>
    private sealed class Scope(NetworkGraph graph, EquatableArray<LayerSpec> layers, IGraphErrors errors)
    {
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private readonly Dictionary<int, int> _inputBefore = [];
        private readonly int? _input;
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public string Prefix { get; init; } = "";

        /// <summary>The node that the first layer takes unless it names another; none where the network's inputs begin the scope.</summary>
        public int? Input
        {
            get => _input;
            init
            {
                _input = value;
                if (value is { } node)
                    _names[InputName] = node;
            }
        }

        public bool Trainable { get; init; } = true;

        public string KnownNames => string.Join(", ", _names.Keys.Select(name => $"\"{name}\""));

        public bool TryFind(string name, out int node)
        {
            return _names.TryGetValue(name, out node);
        }

        /// <summary>Adds an input of the network.</summary>
        public bool TryAddInput(NetworkInput input, int before, Place place)
        {
            if (!IsFree(input.Name, place))
                return false;
            graph._inputs.Add(input);
            _names[input.Name] = -graph._inputs.Count;
            _inputBefore[before] = -graph._inputs.Count;
            graph._codeNames[Names.Camel(input.Name)] = input.Name;
            return true;
        }

        /// <summary>Adds all layers; stops at the first fault, because those after it would follow from it.</summary>
        public bool AddAll(Func<int, Place> place)
        {
            var current = Input ?? -1;
            for (var index = 0; index < layers.Count; index++)
            {
                if (_inputBefore.TryGetValue(index, out var input))
                    current = input;
                if (!TryAdd(layers[index], place(index), ref current))
                    return false;
            }

            return true;
        }

        /// <summary>Why a value has one step, with the remedy.</summary>
        private string WhyOneStep(int value)
        {
            if (graph.Steps == 1)
                return "a sample has only one step: give the number of steps, as in [Input(8, Steps = 100)]";
            while (!graph._nodes[value].Layer.EndsSequence)
                value = graph._nodes[value].Inputs.First(input => !graph.IsConstant(input));
            var end = graph._nodes[value].Layer;
            var remedy = end is RecurrentLayer ? "let that layer return all of them, with ReturnSequences = true" : "move that layer below it";
            return $"{end.Title} before it leaves only the last step: {remedy}";
        }

        private bool TryAdd(LayerSpec spec, Place place, ref int current)
        {
            if (NameOf(spec, place) is not { } name || InputsOf(spec, place, current) is not { } inputs)
                return false;
            if (spec.Layer is not (ConstantLayer or ElementwiseJoin) && inputs.Any(graph.IsConstant))
            {
                errors.Report(place, Rules.ConstantOutsideJoin, graph.NameOf(inputs.First(graph.IsConstant)), spec.Layer.Title);
                return false;
            }

            if (spec.Layer is Block block)
            {
                var input = graph.TypeOf(inputs[0]);
                if (block.InputShape.Count > 0 && !block.InputShape.Equals(input.Shape))
                {
                    errors.Report(place, Rules.Shapes, $"{block.Title} declares an input of {Invariant.Shape(block.InputShape)}, but its input here is {input}");
                    return false;
                }

                var inner = new Scope(graph, block.Layers, errors)
                {
                    Prefix = Prefix + name + ".",
                    Input = inputs[0],
                    Trainable = Trainable && block.Trainable,
                };
                if (!inner.AddAll(_ => place))
                    return false;
            }
            else
            {
                var steps = inputs.Where(input => !graph.IsConstant(input)).Select(graph.StepsOf).DefaultIfEmpty(graph.Steps).ToArray();
                if (spec.Layer.TakesSequences && steps[0] == 1)
                {
                    errors.Report(place, Rules.NoSequence, spec.Layer.Title, WhyOneStep(inputs[0]));
                    return false;
                }

                if (steps.Any(other => other != steps[0]))
                {
                    var different = steps.First(other => other != steps[0]);
                    errors.Report(place, Rules.Shapes, Math.Min(steps[0], different) == 1
                        ? $"{spec.Layer.Title} joins a value for each step of a sequence with one for the whole sequence"
                        : $"{spec.Layer.Title} joins a value of {Invariant.Text(steps[0])} steps with one of {Invariant.Text(different)} steps");
                    return false;
                }

                var (types, faults) = (inputs.Select(graph.TypeOf).ToArray(), new ShapeErrors(spec.Layer, place, errors));
                var resolved = spec.Layer is ElementwiseJoin join ? join.Infer(types, inputs.Select(graph.IsConstant).ToArray(), faults) : spec.Layer.Infer(types, faults);
                if (resolved is null)
                    return false;
                if (StepsAfter(spec.Layer, steps[0], place) is not { } made)
                    return false;
                if (TooLarge(resolved.Output.Shape.Append(Math.Max(steps[0], made))))
                {
                    errors.Report(place, Rules.TooLarge, spec.Layer.Title, resolved.Output, Limits.LargestValue);
                    return false;
                }

                graph._nodes.Add(new LayerNode(Prefix + name, spec.Layer, inputs, resolved, Trainable) { Steps = made });
            }

            // A constant is no link of the chain: the next layer takes what the one before it gives.
            _names[name] = graph._nodes.Count - 1;
            current = spec.Layer is ConstantLayer ? current : graph._nodes.Count - 1;
            // Two names may differ and yet be one in the generated code: "a.b" and "aB", "ß" and "ẞ".
            graph._codeNames[Names.Camel(Prefix + name)] = Prefix + name;
            return true;
        }

        /// <summary>The steps of what a layer gives, or null after an error.</summary>
        private int? StepsAfter(Layer layer, int steps, Place place)
        {
            if (layer.EndsSequence)
                return 1;
            if (steps % layer.StepStride != 0 || (layer.StepStride > 1 && steps == layer.StepStride))
            {
                errors.Report(place, Rules.Shapes, $"{layer.Title} takes {Invariant.Text(layer.StepStride)} steps for each of its own, but a sequence has {Invariant.Text(steps)} here: let it have a multiple of {Invariant.Text(layer.StepStride)}, {Invariant.Text(2 * layer.StepStride)} or more");
                return null;
            }

            var made = (long)steps / layer.StepStride * layer.StepScale;
            if (made <= Limits.MostSteps)
                return (int)made;
            errors.Report(place, Rules.Shapes, $"{layer.Title} makes {Invariant.Text(made)} steps, but code is generated for at most {Limits.MostSteps}");
            return null;
        }

        private string? NameOf(LayerSpec spec, Place place)
        {
            var kind = spec.Layer.Kind;
            _counts[kind] = _counts.TryGetValue(kind, out var count) ? count + 1 : 1;
            var name = spec.Name ?? $"{kind}{_counts[kind]}";
            return IsFree(name, place) ? name : null;
        }

        private bool IsFree(string name, Place place)
        {
            if (!SyntaxFacts.IsValidIdentifier(name))
                errors.Report(place, Rules.InvalidName, name);
            else if (_names.ContainsKey(name))
                errors.Report(place, Rules.DuplicateName, name);
            else if (graph._codeNames.TryGetValue(Names.Camel(Prefix + name), out var other))
                errors.Report(place, Rules.DuplicateName, other);
            else
                return true;
            return false;
        }

        private List<int>? InputsOf(LayerSpec spec, Place place, int current)
        {
            if (spec.Layer is ConstantLayer)
            {
                if (spec.From is null)
                    return [];
                errors.Report(place, Rules.Argument, spec.Layer.AttributeName, "From", "left out, since a constant takes nothing", spec.From);
                return null;
            }

            var joined = spec.Layer.Joined;
            if (joined.Count > Limits.MostJoined)
            {
                errors.Report(place, Rules.TooManyJoined, spec.Layer.Title, Invariant.Text(joined.Count), Invariant.Text(Limits.MostJoined));
                return null;
            }

            var names = joined.Count <= 1 || spec.From is not null ? new[] { spec.From }.Concat(joined) : joined;
            var inputs = new List<int>();
            foreach (var name in names)
            {
                var node = current;
                if (name is not null && !TryFind(name, out node))
                {
                    errors.Report(place, Rules.UnknownName, name, KnownNames);
                    return null;
                }

                inputs.Add(node);
            }

            return inputs;
        }
    }

    /// <summary>Puts a layer's complaints on its attribute.</summary>
    private sealed class ShapeErrors(Layer layer, Place attribute, IGraphErrors errors) : IShapeErrors
    {
        public TensorType? Argument(string argument, string expected, string actual)
        {
            errors.Report(attribute, Rules.Argument, layer.AttributeName, argument, expected, actual);
            return null;
        }

        public TensorType? Expression(string expression, int place, string problem)
        {
            errors.Report(attribute, Rules.Expression, expression, Invariant.Text(place), problem);
            return null;
        }

        public TensorType? Shapes(string problem)
        {
            errors.Report(attribute, Rules.Shapes, problem);
            return null;
        }
    }
}
