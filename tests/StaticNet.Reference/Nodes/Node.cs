namespace StaticNet.Reference.Nodes;

/// <summary>One step of a network: values in, a value out, and the way back.</summary>
/// <param name="name">The full name of the layer that the node belongs to.</param>
/// <param name="sources">The nodes whose values it takes.</param>
/// <param name="shape">The shape of its value.</param>
internal abstract class Node(string name, int[] sources, int[] shape)
{
    public string Name { get; } = name;

    public int[] Sources { get; } = sources;

    public int[] Shape { get; } = shape;

    public int Length { get; } = LengthOf(shape);

    /// <summary>Whether it gives one value for a whole sequence.</summary>
    public virtual bool EndsSequence => false;

    /// <summary>The steps of its input for each step of its output.</summary>
    public virtual int StepStride => 1;

    /// <summary>The steps of its output for each step of its input.</summary>
    public virtual int StepScale => 1;

    public static int LengthOf(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Computes the node's value for one sample.</summary>
    public abstract double[] Forward(double[][] inputs, Pass pass);

    /// <summary>Gives the gradient of each input of one sample, and adds those of the parameters to the pass.</summary>
    public abstract double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass);

    /// <summary>Computes the node's values for a batch: by default, for each sample by itself.</summary>
    /// <param name="inputs">For each sample, the value of each source.</param>
    /// <param name="pass">The pass.</param>
    public virtual double[][] ForwardBatch(double[][][] inputs, Pass pass) =>
        [.. inputs.Select((values, sample) => Forward(values, pass with { Sample = sample }))];

    /// <summary>Gives the gradients of the inputs of each sample, and adds those of the parameters to the pass.</summary>
    /// <param name="inputs">For each sample, the value of each source.</param>
    /// <param name="outputs">For each sample, the node's value.</param>
    /// <param name="gradients">For each sample, its gradient.</param>
    /// <param name="pass">The pass.</param>
    public virtual double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass) =>
    [
        .. inputs.Select((values, sample) => Backward(values, outputs[sample], gradients[sample], pass with { Sample = sample })),
    ];

    /// <summary>How near the inputs are to a point without derivative, relative to the largest of them.</summary>
    public virtual double KinkDistance(double[][] inputs, Pass pass) => double.PositiveInfinity;

    /// <summary>The smallest <see cref="KinkDistance"/> of a batch.</summary>
    public virtual double BatchKinkDistance(double[][][] inputs, Pass pass) => inputs.Min(sample => KinkDistance(sample, pass));
}
