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
/// <para>A batch goes through layer by layer, all samples at once, since batch normalisation looks at them all.</para>
/// <para>Clarity comes before speed: every pass allocates.</para>
/// </remarks>
public sealed class ReferenceNetwork
{
    private readonly Node[] _nodes;
    private readonly Dictionary<string, int> _outputs;
    private readonly int[] _results;
    private readonly bool _channelsLast;
    private readonly int _timeSteps;
    private readonly int[] _steps;

    /// <summary>Builds a network.</summary>
    /// <param name="attributes">The attributes in the order of the source; only input, layers and losses count.</param>
    /// <exception cref="ArgumentException">They are no valid network.</exception>
    public ReferenceNetwork(IReadOnlyList<Attribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var builder = new GraphBuilder();
        _results = builder.BuildNetwork(attributes);
        _nodes = [.. builder.Nodes];
        _outputs = builder.Outputs;
        _channelsLast = attributes.OfType<InputAttribute>().First().Layout == Layout.ChannelsLast;
        Parameters = builder.Parameters;
        Losses = builder.Losses;
        Steps = attributes.OfType<InputAttribute>().First().Steps;
        _timeSteps = attributes.OfType<TrainingAttribute>().FirstOrDefault()?.TimeSteps ?? 0;
        _steps = new int[_nodes.Length];
        for (var index = 0; index < _nodes.Length; index++)
        {
            var given = _nodes[index].Sources is [var source, ..] ? _steps[source] : Steps;
            _steps[index] = _nodes[index].EndsSequence ? 1 : given / _nodes[index].StepStride * _nodes[index].StepScale;
        }

        OutputSteps = _steps[_results[0]];
    }

    /// <summary>The parameters and statistics in the order of their layers.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters { get; }

    /// <summary>The losses in the order of their targets.</summary>
    public IReadOnlyList<ReferenceLoss> Losses { get; }

    /// <summary>The shape of one input sample, channels first; the number of elements, of several inputs.</summary>
    public IReadOnlyList<int> InputShape => Steps == 1 ? _nodes[0].Shape : HasParts ? [InputLength] : [Steps, .. _nodes[0].Shape];

    /// <summary>The shape of one output sample, channels first; the number of elements, of several outputs.</summary>
    public IReadOnlyList<int> OutputShape => OutputSteps == 1 && _results is [var only] ? _nodes[only].Shape : _results is [var step] ? [OutputSteps, .. _nodes[step].Shape] : [OutputLength];

    /// <summary>The number of elements of one input sample.</summary>
    public int InputLength => Steps * _nodes[0].Length;

    /// <summary>The number of elements of one output sample.</summary>
    public int OutputLength => OutputSteps * _results.Sum(result => _nodes[result].Length);

    /// <summary>The number of targets of one sample, those of all losses.</summary>
    public int TargetLength => OutputSteps * Losses.Sum(loss => loss.TargetLength);

    /// <summary>The steps that belong together because of strides in time: lengths of sequences are multiples of them.</summary>
    public int TotalStride => _steps.Where(steps => steps > 1).Select(steps => Steps / Divisor(Steps, steps)).Aggregate(1, (stride, next) => stride / Divisor(stride, next) * next);

    /// <summary>The steps of a sample. Each goes through the nodes as a sample does; these are called rows.</summary>
    public int Steps { get; }

    /// <summary>The rows of a sample of outputs and losses: those of its steps, or one.</summary>
    public int OutputSteps { get; }

    /// <summary>Whether in training a sample's values depend on the other samples of its batch.</summary>
    public bool CouplesSamples => _nodes.Any(node => node is BatchNormNode { CouplesSamples: true });

    /// <summary>Reads the network that a class declares, or the one of which it is the inference-only twin.</summary>
    public static ReferenceNetwork Of(Type type) => new(AttributesOf(type));

    /// <summary>The attributes of a class in the order of its source, which is that of the metadata.</summary>
    public static IReadOnlyList<Attribute> AttributesOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var attributes = type.GetCustomAttributes(inherit: false).Cast<Attribute>().ToArray();
        return attributes.OfType<InferenceOfAttribute>().SingleOrDefault() is { } twin ? AttributesOf(twin.Network) : attributes;
    }

    /// <summary>Computes the output of one sample, with running statistics.</summary>
    /// <param name="parameters">All parameters by name.</param>
    /// <param name="input">The sample.</param>
    /// <param name="dropout">What dropout keeps; null, as at inference, makes it the identity.</param>
    /// <param name="length">The steps that the sequence has; null: all.</param>
    /// <returns>The output.</returns>
    public double[] Forward(IReadOnlyDictionary<string, double[]> parameters, double[] input, DropoutMask? dropout = null, int? length = null)
    {
        var values = Values(new Pass(parameters, NoGradients, dropout, Training: false, Steps) { Lengths = length is { } steps ? [steps] : null }, [input]);
        return [.. Enumerable.Range(0, OutputSteps).SelectMany(row => _results.SelectMany(result => _channelsLast ? ChannelsLast.FromFirst(values[result][row], _nodes[result].Shape) : values[result][row]))];
    }

    /// <summary>Computes the loss of a batch with running statistics: its scale × the sum over its samples.</summary>
    public double Loss(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch) =>
        Loss(parameters, batch, training: false);

    /// <summary>Computes the loss of a batch with the batch's own statistics, as a training step does.</summary>
    public double TrainingLoss(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch) =>
        Loss(parameters, batch, training: true);

    /// <summary>The running statistics as a training step leaves them, by name; those of frozen layers are not among them.</summary>
    public Dictionary<string, double[]> Statistics(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var pass = new Pass(parameters, NoGradients, batch.Dropout, Training: true, Steps) { Lengths = batch.SequenceLengths };
        var values = Values(pass, batch.Inputs);
        foreach (var loss in Losses.Where(loss => loss.HasCenters))
        {
            int[] classes = [.. Rows(batch.Targets, OutputSteps).Select((target, row) => Exists(batch, row) ? (int)target[loss.ClassOffset] : -1)];
            pass.Statistics[loss.Centers!] = loss.Moved(values[loss.Source], classes, parameters[loss.Centers!]);
        }

        return pass.Statistics;
    }

    /// <summary>
    /// Computes the gradients of <see cref="TrainingLoss"/> by the trainable parameters, going through the layers in reverse.
    /// </summary>
    public Dictionary<string, double[]> Gradients(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        var result = EmptyGradients();
        Backward(parameters, batch, result);
        return result;
    }

    /// <summary>
    /// What each layer gives in a training step, and the gradient of <see cref="TrainingLoss"/> by it: for each sample, channels
    /// first, by the layer's name. A gradient that nothing trainable needs is there too; a layer that changes nothing has none.
    /// </summary>
    public Dictionary<string, (double[][] Values, double[][]? Gradients)> Layers(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        var (values, gradients) = Backward(parameters, batch, EmptyGradients());
        return _outputs.ToDictionary(layer => layer.Key, layer => (values[layer.Value], _nodes[layer.Value].Name == layer.Key ? gradients[layer.Value] : null));
    }

    /// <summary>The gradients of <see cref="TrainingLoss"/> by the inputs, sample after sample.</summary>
    public double[] InputGradients(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        var gradients = Backward(parameters, batch, EmptyGradients()).Gradients[0];
        return [.. gradients.SelectMany(gradient => _channelsLast && !HasParts ? ChannelsLast.FromFirst(gradient, _nodes[0].Shape) : gradient)];
    }

    private (double[][][] Values, double[][][] Gradients) Backward(
        IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch, Dictionary<string, double[]> result)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var pass = new Pass(parameters, result, batch.Dropout, Training: true, Steps) { Lengths = batch.SequenceLengths, TimeSteps = _timeSteps };
        var rows = batch.Inputs.Length * OutputSteps;
        var targets = Rows(batch.Targets, OutputSteps);
        var values = Values(pass, batch.Inputs);
        var gradients = _nodes.Select((node, index) => values[index].Select(_ => new double[node.Length]).ToArray()).ToArray();
        foreach (var loss in Losses)
        {
            var (source, fromLogits) = LossSource(loss);
            for (var row = 0; row < rows; row++)
            {
                var gradient = loss.Gradient(values[source][row], TargetOf(loss, targets[row]), fromLogits, parameters);
                Accumulate(gradients[source][row], gradient, batch.Scale * RowWeight(loss, batch, row));
            }
        }

        for (var index = _nodes.Length - 1; index > 0; index--)
        {
            var node = _nodes[index];
            var backward = node.BackwardBatch(InputsOf(node, values), values[index], gradients[index], PassOf(index, pass));
            for (var row = 0; row < backward.Length; row++)
            {
                for (var source = 0; source < node.Sources.Length; source++)
                    Accumulate(gradients[node.Sources[source]][row], backward[row][source], 1);
            }
        }

        return (values, gradients);
    }

    /// <summary>
    /// Computes one element of a gradient from losses alone, by a central difference of fourth order: four losses.
    /// </summary>
    /// <param name="parameters">All parameters by name; as before afterwards.</param>
    /// <param name="batch">Samples away from kinks: see <see cref="TrainingKinkDistance"/>.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="index">The element.</param>
    /// <returns>The derivative of the training loss by the element.</returns>
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
            return TrainingLoss(parameters, batch);
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
    /// there. Near such points difference quotients and rounded arithmetic give other gradients, and rightly so. Where a
    /// normalisation divides by next to nothing, and so magnifies all rounding, counts as near too.
    /// </summary>
    /// <param name="parameters">All parameters by name.</param>
    /// <param name="input">The sample.</param>
    /// <param name="target">Its targets; null looks at activations only.</param>
    /// <returns>The distance, with running statistics; infinity where there are no kinks.</returns>
    public double KinkDistance(IReadOnlyDictionary<string, double[]> parameters, double[] input, double[]? target) =>
        KinkDistance(parameters, [input], target is null ? null : [target], training: false);

    /// <summary>How near a batch comes to such a point in a training step, which takes the batch's own statistics.</summary>
    public double TrainingKinkDistance(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return KinkDistance(parameters, batch.Inputs, batch.Targets, training: true, batch.SequenceLengths);
    }

    private static Dictionary<string, double[]> NoGradients { get; } = [];

    /// <summary>The weight of a row's loss: over the steps that a sample has losses are averaged, or summed where their terms are.</summary>
    private double RowWeight(ReferenceLoss loss, ReferenceBatch batch, int row) =>
        !Exists(batch, row) ? 0 : (batch.SampleWeights?[row / OutputSteps] ?? 1) / (loss.IsSum ? 1 : OutputSteps == 1 ? 1 : batch.SequenceLengths is { } lengths ? OutputStepsOf(lengths[row / OutputSteps]) : OutputSteps);

    /// <summary>Whether a row of outputs is one of a step that its sequence has.</summary>
    private bool Exists(ReferenceBatch batch, int row) => OutputSteps == 1 || batch.SequenceLengths is null || row % OutputSteps < OutputStepsOf(batch.SequenceLengths[row / OutputSteps]);

    /// <summary>The steps of all samples.</summary>
    private static double[][] Rows(double[][] samples, int steps) =>
        steps == 1 ? samples : [.. samples.SelectMany(sample => Enumerable.Range(0, steps).Select(step => sample[(step * (sample.Length / steps))..((step + 1) * (sample.Length / steps))]))];

    /// <summary>The steps that the output of a sequence has.</summary>
    private int OutputStepsOf(int length) => length * OutputSteps / Steps;

    /// <summary>A pass in the steps of what a node takes.</summary>
    private Pass PassOf(int node, Pass pass)
    {
        var steps = _nodes[node].Sources is [var source, ..] ? _steps[source] : Steps;
        return steps == Steps || steps == 1 ? pass : pass with
        {
            Steps = steps,
            Lengths = pass.Lengths?.Select(length => length * steps / Steps).ToArray(),
            TimeSteps = pass.TimeSteps * steps / Steps,
        };
    }

    private static int Divisor(int first, int second) => second == 0 ? first : Divisor(second, first % second);

    private static void Accumulate(double[] sum, double[] values, double factor)
    {
        for (var index = 0; index < sum.Length; index++)
            sum[index] += factor * values[index];
    }

    private static double[][][] InputsOf(Node node, double[][][] values) =>
        [.. values[node.Sources.FirstOrDefault()].Select((_, sample) => Array.ConvertAll(node.Sources, source => values[source][sample]))];

    private Dictionary<string, double[]> EmptyGradients() => Parameters
        .Where(parameter => parameter.Trainable)
        .ToDictionary(parameter => parameter.Name, parameter => new double[parameter.Length]);

    private double[] TargetOf(ReferenceLoss loss, double[] target)
    {
        if (loss.HasCenters)
            return [target[loss.ClassOffset]];
        var own = target[loss.TargetOffset..(loss.TargetOffset + loss.TargetLength)];
        return _channelsLast && !loss.TargetIsIndex ? ChannelsLast.ToFirst(own, loss.Shape) : own;
    }

    // Binary cross-entropy on a sigmoid's output is computed from the sigmoid's input.
    private (int Source, bool FromLogits) LossSource(ReferenceLoss loss) =>
        loss.TakesLogits && _nodes[loss.Source] is ElementwiseNode { Function.Activation: Activation.Sigmoid } sigmoid
            ? (sigmoid.Sources[0], true)
            : (loss.Source, false);

    private double Loss(IReadOnlyDictionary<string, double[]> parameters, ReferenceBatch batch, bool training)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var values = Values(new Pass(parameters, NoGradients, batch.Dropout, training, Steps) { Lengths = batch.SequenceLengths }, batch.Inputs);
        var sum = 0.0;
        var targets = Rows(batch.Targets, OutputSteps);
        for (var row = 0; row < batch.Inputs.Length * OutputSteps; row++)
        {
            foreach (var loss in Losses)
            {
                var (source, fromLogits) = LossSource(loss);
                var value = loss.Value(values[source][row], TargetOf(loss, targets[row]), fromLogits, parameters);
                sum += RowWeight(loss, batch, row) * value;
            }
        }

        return batch.Scale * sum;
    }

    private double KinkDistance(
        IReadOnlyDictionary<string, double[]> parameters, double[][] samples, double[][]? targets, bool training, int[]? lengths = null)
    {
        var pass = new Pass(parameters, NoGradients, null, training, Steps) { Lengths = lengths };
        var values = Values(pass, samples);
        var nearest = double.PositiveInfinity;
        for (var index = 0; index < _nodes.Length; index++)
            nearest = Math.Min(nearest, _nodes[index].BatchKinkDistance(InputsOf(_nodes[index], values), PassOf(index, pass)));

        var targetRows = targets is null ? null : Rows(targets, OutputSteps);
        for (var row = 0; row < targetRows?.Length; row++)
        {
            foreach (var loss in Losses)
            {
                var distance = loss.KinkDistance(values[loss.Source][row], TargetOf(loss, targetRows[row]));
                nearest = Math.Min(nearest, distance);
            }
        }

        return nearest;
    }

    /// <summary>Whether there are several inputs.</summary>
    private bool HasParts => _nodes.Length > 1 && _nodes[1] is InputPartNode;

    /// <summary>The values of all nodes: for each node, for each row.</summary>
    private double[][][] Values(Pass pass, double[][] inputs)
    {
        if (Array.Find(inputs, input => input.Length != InputLength) is { } wrong)
            throw new ArgumentException($"An input has {wrong.Length} elements, expected {InputLength}.", nameof(inputs));

        var values = new double[_nodes.Length][][];
        inputs = Rows(inputs, Steps);
        values[0] = _channelsLast && !HasParts ? Array.ConvertAll(inputs, input => ChannelsLast.ToFirst(input, _nodes[0].Shape)) : inputs;
        for (var index = 1; index < _nodes.Length; index++)
            values[index] = _nodes[index].ForwardBatch(InputsOf(_nodes[index], values), PassOf(index, pass));
        return values;
    }
}
