using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <summary>
/// A network interpreted in double precision straight from its attributes: what generated code is tested against. It shares
/// no code with the generator; the attributes' documentation is its definition.
/// </summary>
/// <remarks>
/// <para>Parameters are named <c>dense1.weight</c>: kind and number, counted in the order of the attributes from 1 for each
/// kind, or the layer's <c>Name</c>. A layer with a <c>Name</c> counts too: behind <c>[Dense(4, Name = "a")]</c> the next
/// dense layer is <c>dense2</c>. Inside a block counting starts anew, behind the prefix <c>block1.</c>.</para>
/// <para>Clarity comes before speed: every pass allocates.</para>
/// </remarks>
public sealed class ReferenceNetwork
{
    private readonly Node[] _nodes;
    private readonly int _output;

    /// <summary>Builds a network.</summary>
    /// <param name="attributes">The attributes in the order of the source; only input, layers and losses count.</param>
    /// <exception cref="ArgumentException">They are no valid network.</exception>
    public ReferenceNetwork(IReadOnlyList<Attribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var builder = new GraphBuilder();
        _output = builder.BuildNetwork(attributes);
        _nodes = [.. builder.Nodes];
        Parameters = builder.Parameters;
        Losses = builder.Losses;
        TargetLength = Losses.Sum(loss => loss.TargetLength);
    }

    /// <summary>The parameters in the order of their layers.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters { get; }

    /// <summary>The losses in the order of their targets.</summary>
    public IReadOnlyList<ReferenceLoss> Losses { get; }

    /// <summary>The shape of one input sample.</summary>
    public IReadOnlyList<int> InputShape => _nodes[0].Shape;

    /// <summary>The shape of one output sample.</summary>
    public IReadOnlyList<int> OutputShape => _nodes[_output].Shape;

    /// <summary>The number of elements of one input sample.</summary>
    public int InputLength => _nodes[0].Length;

    /// <summary>The number of elements of one output sample.</summary>
    public int OutputLength => _nodes[_output].Length;

    /// <summary>The number of targets of one sample, those of all losses.</summary>
    public int TargetLength { get; }

    /// <summary>Reads the network that a class declares, or the one of which it is the inference-only twin.</summary>
    public static ReferenceNetwork Of(Type type) => new(AttributesOf(type));

    /// <summary>The attributes of a class in the order of its source, which is that of the metadata.</summary>
    public static IReadOnlyList<Attribute> AttributesOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var attributes = type.GetCustomAttributes(inherit: false).Cast<Attribute>().ToArray();
        return attributes.OfType<InferenceOfAttribute>().SingleOrDefault() is { } twin ? AttributesOf(twin.Network) : attributes;
    }

    /// <summary>Computes the output of one sample.</summary>
    /// <param name="parameters">All parameters by name.</param>
    /// <param name="input">The sample.</param>
    /// <param name="dropout">What dropout keeps; null, as at inference, makes it the identity.</param>
    /// <returns>The output.</returns>
    public double[] Forward(IReadOnlyDictionary<string, double[]> parameters, double[] input, DropoutMask? dropout = null) =>
        Values(new Pass(parameters, NoGradients, 0, dropout), input)[_output];

    /// <summary>Computes the loss of a batch: its scale × the sum over its samples.</summary>
    public double Loss(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var sum = 0.0;
        for (var sample = 0; sample < batch.Inputs.Length; sample++)
        {
            var values = Values(new Pass(parameters, NoGradients, sample, batch.Dropout), batch.Inputs[sample]);
            foreach (var loss in Losses)
            {
                var (source, fromLogits) = LossSource(loss);
                var value = loss.Value(values[source], TargetOf(loss, batch.Targets[sample]), fromLogits);
                sum += SampleWeight(batch, sample) * value;
            }
        }

        return batch.Scale * sum;
    }

    /// <summary>Computes the gradients of the trainable parameters by going through the layers in reverse.</summary>
    public Dictionary<string, double[]> Gradients(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var result = EmptyGradients();
        for (var sample = 0; sample < batch.Inputs.Length; sample++)
        {
            var pass = new Pass(parameters, result, sample, batch.Dropout);
            var values = Values(pass, batch.Inputs[sample]);
            var gradients = Array.ConvertAll(_nodes, node => new double[node.Length]);
            foreach (var loss in Losses)
            {
                var (source, fromLogits) = LossSource(loss);
                var gradient = loss.Gradient(values[source], TargetOf(loss, batch.Targets[sample]), fromLogits);
                Accumulate(gradients[source], gradient, batch.Scale * SampleWeight(batch, sample));
            }

            for (var index = _nodes.Length - 1; index > 0; index--)
            {
                var node = _nodes[index];
                var inputs = Array.ConvertAll(node.Sources, source => values[source]);
                var backward = node.Backward(inputs, values[index], gradients[index], pass);
                for (var source = 0; source < backward.Length; source++)
                    Accumulate(gradients[node.Sources[source]], backward[source], 1);
            }
        }

        return result;
    }

    /// <summary>
    /// Computes one element of a gradient from losses alone, by a central difference of fourth order: four losses.
    /// </summary>
    /// <param name="parameters">All parameters by name; as before afterwards.</param>
    /// <param name="batch">Samples away from kinks: see <see cref="KinkDistance"/>.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="index">The element.</param>
    /// <returns>The derivative of the loss by the element.</returns>
    public double DifferenceQuotient(
        IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch, string name, int index)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var values = parameters[name];
        var centre = values[index];
        var step = 1e-5 * Math.Max(1, Math.Abs(centre));
        double LossAt(int steps)
        {
            values[index] = centre + (steps * step);
            return Loss(parameters, batch);
        }

        var difference = LossAt(-2) - (8 * LossAt(-1)) + (8 * LossAt(1)) - LossAt(2);
        values[index] = centre;
        return difference / (12 * step);
    }

    /// <summary>Computes all gradients from losses alone: four losses an element, for small networks.</summary>
    public Dictionary<string, double[]> DifferenceQuotients(
        IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        var result = EmptyGradients();
        foreach (var (name, gradient) in result)
        {
            for (var index = 0; index < gradient.Length; index++)
                gradient[index] = DifferenceQuotient(parameters, batch, name, index);
        }

        return result;
    }

    /// <summary>
    /// How near a sample comes to a point where an activation or a loss has no derivative, relative to the largest figure
    /// there. Near such points difference quotients and rounded arithmetic give other gradients, and rightly so.
    /// </summary>
    /// <param name="parameters">All parameters by name.</param>
    /// <param name="input">The sample.</param>
    /// <param name="target">Its targets; null looks at activations only.</param>
    /// <returns>The distance; infinity where there are no kinks.</returns>
    public double KinkDistance(IReadOnlyDictionary<string, double[]> parameters, double[] input, double[]? target)
    {
        var pass = new Pass(parameters, NoGradients, 0, null);
        var values = Values(pass, input);
        var nearest = double.PositiveInfinity;
        foreach (var node in _nodes)
            nearest = Math.Min(nearest, node.KinkDistance(Array.ConvertAll(node.Sources, source => values[source]), pass));
        if (target is not null)
        {
            foreach (var loss in Losses)
                nearest = Math.Min(nearest, loss.KinkDistance(values[loss.Source], TargetOf(loss, target)));
        }

        return nearest;
    }

    private static Dictionary<string, double[]> NoGradients { get; } = [];

    private static double SampleWeight(ReferenceBatch batch, int sample) => batch.SampleWeights?[sample] ?? 1;

    private static double[] TargetOf(ReferenceLoss loss, double[] target) =>
        target[loss.TargetOffset..(loss.TargetOffset + loss.TargetLength)];

    private static void Accumulate(double[] sum, double[] values, double factor)
    {
        for (var index = 0; index < sum.Length; index++)
            sum[index] += factor * values[index];
    }

    private Dictionary<string, double[]> EmptyGradients() => Parameters
        .Where(parameter => parameter.Trainable)
        .ToDictionary(parameter => parameter.Name, parameter => new double[parameter.Length]);

    // Binary cross-entropy on a sigmoid's output is computed from the sigmoid's input.
    private (int Source, bool FromLogits) LossSource(ReferenceLoss loss) =>
        loss.TakesLogits && _nodes[loss.Source] is ElementwiseNode { Function.Activation: Activation.Sigmoid } sigmoid
            ? (sigmoid.Sources[0], true)
            : (loss.Source, false);

    private double[][] Values(Pass pass, double[] input)
    {
        if (input.Length != InputLength)
            throw new ArgumentException($"The input has {input.Length} elements, expected {InputLength}.", nameof(input));

        var values = new double[_nodes.Length][];
        values[0] = input;
        for (var index = 1; index < _nodes.Length; index++)
            values[index] = _nodes[index].Forward(Array.ConvertAll(_nodes[index].Sources, source => values[source]), pass);
        return values;
    }
}
