using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The network's layers as a graph with shapes: made while a declaration is checked, and kept for its code.</summary>
internal sealed partial class NetworkGraph
{
    /// <summary>The name of the input of a block, and of a network's only one without another.</summary>
    public const string InputName = "input";

    /// <summary>The name of a network's output where none is declared.</summary>
    public const string OutputName = "output";

    private readonly List<LayerNode> _nodes = [];
    private readonly List<NetworkInput> _inputs = [];
    private readonly Dictionary<string, string> _codeNames = new(StringComparer.Ordinal);

    private NetworkGraph()
    {
    }

    /// <summary>The inputs: nodes of negative indices, the first of −1, the second of −2.</summary>
    public IReadOnlyList<NetworkInput> Inputs => _inputs;

    /// <summary>The outputs in the order of the user's spans.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; private set; } = [];

    /// <summary>The steps of a sample: above 1 it is a sequence.</summary>
    public int Steps { get; private set; } = 1;

    /// <summary>
    /// The steps of the input that belong together because of strides in time: to these, every value has whole steps. A stream takes as many at a
    /// time; without strides 1.
    /// </summary>
    public int TotalStride { get; private set; } = 1;

    /// <summary>The steps that outputs and losses have: those of a sample, or of what strides leave of them, or 1 where they are of the sequence as a whole.</summary>
    public int OutputSteps => Outputs.Count == 0 ? Steps : StepsOf(Outputs[0].Node);

    /// <summary>Whether it also runs over streams, step by step: samples are sequences, and no layer needs steps to come.</summary>
    public bool IsStream => Steps > 1 && _nodes.All(node => !node.Layer.LooksAhead);

    /// <summary>The floats of a sample of all inputs.</summary>
    public int InputLength => Steps * StepInputLength;

    /// <summary>The same of one step.</summary>
    public int StepInputLength => Inputs.Sum(input => input.Type.Length);

    /// <summary>The floats of a sample of all outputs.</summary>
    public int OutputLength => OutputSteps * StepOutputLength;

    /// <summary>The same of one step.</summary>
    public int StepOutputLength => Outputs.Sum(output => output.Type.Length);

    public IReadOnlyList<LayerNode> Nodes => _nodes;

    public IReadOnlyList<LossNode> Losses { get; private set; } = [];

    /// <summary>The node of the last layer that is no constant.</summary>
    public int Last => _nodes.FindLastIndex(node => node.Layer is not ConstantLayer);

    /// <summary>Where a loss's targets start in a step's targets.</summary>
    public int TargetOffsetOf(int loss) => Losses.Take(loss).Sum(node => node.Loss.TargetLength(node.Type));

    public TensorType TypeOf(int node) => IsInput(node) ? Inputs[-1 - node].Type : _nodes[node].Output;

    /// <summary>The steps of a node.</summary>
    public int StepsOf(int node) => IsInput(node) ? Steps : _nodes[node].Steps;

    /// <summary>How many of the steps of a value come with the steps of the input that belong together.</summary>
    public int StepsOfStride(int steps) => steps == 1 ? 1 : (int)((long)steps * TotalStride / Steps);

    /// <summary>What a node is called.</summary>
    public string NameOf(int node) => IsInput(node) ? Inputs[-1 - node].Name : _nodes[node].Name;

    /// <summary>Whether a node is a constant, which only joins take.</summary>
    public bool IsConstant(int node) => !IsInput(node) && _nodes[node].Layer is ConstantLayer;

    /// <summary>Whether a node is an input.</summary>
    public static bool IsInput(int node) => node < 0;

    /// <summary>Resolves names and shapes.</summary>
    /// <returns>The graph, or null after an error.</returns>
    public static NetworkGraph? Resolve(NetworkSpec spec, IGraphErrors errors)
    {
        var graph = new NetworkGraph();
        var scope = new Scope(graph, spec.Layers, errors);
        if (!graph.AddInputs(spec, scope, errors) || !scope.AddAll(index => Place.Layer(index)))
            return null;

        graph.Losses = graph.ResolveLosses(spec, scope, errors);
        graph.Outputs = graph.ResolveOutputs(spec, scope, errors);
        graph.TotalStride = graph._nodes.Where(node => node.Steps > 1).Aggregate(1, (stride, node) => CommonMultiple(stride, graph.Steps / CommonDivisor(graph.Steps, node.Steps)));
        return graph.Losses.Count == spec.Losses.Count && graph.Outputs.Count == Math.Max(spec.Outputs.Count, 1) && graph.StepsAgree(spec, errors) ? graph : null;
    }

    /// <summary>Whether outputs and losses are all of each step, or all of the sequence as a whole.</summary>
    private bool StepsAgree(NetworkSpec spec, IGraphErrors errors)
    {
        foreach (var (node, place) in Outputs.Select((output, index) => (output.Node, Place.Output(index))).Concat(Losses.Select((loss, index) => (loss.From, Place.Loss(index)))))
        {
            if (StepsOf(node) == OutputSteps)
                continue;
            errors.Report(place, Rules.MixedSteps, spec.Target.Name, NameOf(Outputs[0].Node), Text(StepsOf(Outputs[0].Node)), NameOf(node), Text(StepsOf(node)));
            return false;
        }

        return true;

        string Text(int steps) => steps == 1 ? "one value for the whole sequence" : steps == Steps ? "a value for each step" : $"a value for each of {Invariant.Text(steps)} steps";
    }

    private static int CommonMultiple(int first, int second) => first / CommonDivisor(first, second) * second;

    private static int CommonDivisor(int first, int second) => second == 0 ? first : CommonDivisor(second, first % second);

    /// <summary>The same of a network that only infers.</summary>
    public NetworkGraph WithoutLosses()
    {
        var copy = (NetworkGraph)MemberwiseClone();
        copy.Losses = [];
        return copy;
    }

    /// <summary>The same of a network that only infers and returns values of other layers, all of each step or all of the sequence as a whole.</summary>
    /// <param name="outputs">The names of the outputs and the nodes that they are of.</param>
    public NetworkGraph WithOutputs(IEnumerable<(string Name, int Node)> outputs)
    {
        var copy = WithoutLosses();
        var (all, offset) = (new List<NetworkOutput>(), 0);
        foreach (var (name, node) in outputs)
        {
            all.Add(new NetworkOutput(name, node, TypeOf(node), offset));
            offset = checked(offset + TypeOf(node).Length);
        }

        copy.Outputs = all;
        return copy;
    }

    private static bool TooLarge(IEnumerable<int> shape) => shape.Aggregate(1L, (product, size) => Math.Min(product * size, long.MaxValue / int.MaxValue)) > Limits.LargestValue;

    private List<LossNode> ResolveLosses(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        var losses = new List<LossNode>();
        for (var index = 0; index < spec.Losses.Count; index++)
        {
            var loss = spec.Losses[index];
            var from = Last;
            if (loss.From is not null && !scope.TryFind(loss.From, out from))
                errors.Report(Place.Loss(index), Rules.UnknownName, loss.From, scope.KnownNames);
            else if (IsConstant(from))
                errors.Report(Place.Loss(index), Rules.ConstantOutsideJoin, NameOf(from), loss.Title);
            else if (LossRules.Check(loss, IsInput(from) ? null : _nodes[from].Layer, TypeOf(from)) is var (rule, arguments))
                errors.Report(Place.Loss(index), rule, arguments);
            else
                losses.Add(new LossNode(loss, from, TypeOf(from)));
        }

        var classes = losses.FindIndex(node => node.Loss.TargetIsIndex);
        for (var index = 0; index < losses.Count; index++)
        {
            if (losses[index].Loss.Kind != LossKind.Center)
                continue;
            if (classes < 0 && losses.Count == spec.Losses.Count)
            {
                errors.Report(Place.Loss(index), Rules.LossAlone, losses[index].Loss.Title);
                return [];
            }

            losses[index] = losses[index] with { ClassOf = classes };
        }

        return losses;
    }
}
