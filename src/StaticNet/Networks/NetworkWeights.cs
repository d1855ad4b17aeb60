using System.ComponentModel;
using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet;

/// <summary>
/// The parameters of a network in the kernels' layout. Several networks, each on its own thread, may share one: inference
/// only reads it.
/// </summary>
public sealed partial class NetworkWeights
{
    private readonly AlignedBuffer _buffer;
    private Scaling _scaling = Scaling.None;

    /// <summary>Makes weights, with every parameter initialised by its initialiser.</summary>
    /// <param name="table">The network's parameters.</param>
    /// <param name="seed">The seed: the same seed produces the same bits. Null leaves all at zero, to be loaded.</param>
    public NetworkWeights(ParameterTable table, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        VectorWidth.Prepare();
        Table = table;
        _buffer = new AlignedBuffer(table.Length);
        if (seed is { } number)
            Initialize(number);
    }

    /// <summary>
    /// Whether parameters have been initialised, loaded, or requested with <see cref="Edit"/>. An inference twin does not run
    /// before that.
    /// </summary>
    public bool AreSet { get; private set; }

    /// <summary>All parameters in the kernels' layout, padding included (always zero), to be read. To write them: <see cref="Edit"/>.</summary>
    public ReadOnlySpan<float> Values => _buffer.Span;

    /// <summary>The trainable parameters, which come first among <see cref="Values"/>, padding included (always zero), to be read.</summary>
    public ReadOnlySpan<float> Trainable => Values[..Table.TrainableLength];

    /// <summary>The network's parameters.</summary>
    public ParameterTable Table { get; }

    /// <summary>Changes whenever parameters may have changed; networks compare it before they use what they have prepared.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int Version { get; private set; }

    /// <summary>How inputs and targets are scaled; stored with the parameters. <see cref="Scaling.None"/> initially.</summary>
    public Scaling Scaling
    {
        get => _scaling;
        internal set => (_scaling, IsScaled) = (value, value is not { Inputs: null, Targets: null });
    }

    /// <summary>How rows of a table become inputs, and outputs predictions; stored with the parameters. Null initially; see
    /// <see cref="TableExtensions.SetSchema"/>.</summary>
    public TableSchema? Schema { get; internal set; }

    /// <summary>Whether inputs or outputs are scaled; what calls in the user's numbers look at.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool IsScaled { get; private set; }

    /// <summary>Whether the program has set the scaling, and did not load it with parameters.</summary>
    internal bool IsScalingOfProgram { get; set; }

    /// <summary>Whether the program has set the schema, and did not load it with parameters.</summary>
    internal bool IsSchemaOfProgram { get; set; }

    /// <summary>Remembers the schema, or that there is none, for a trainer that may have to put it back.</summary>
    /// <returns>What makes it again what it is now.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Action RememberSchema()
    {
        var before = (Schema, IsSchemaOfProgram);
        return () => (Schema, IsSchemaOfProgram) = before;
    }

    /// <summary>The first float, 64-byte aligned; what kernels address parameters from.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref _buffer.Reference;

    /// <summary>The span of <see cref="Edit"/>, for callers that report changes themselves.</summary>
    internal Span<float> Buffer => _buffer.Span;

    /// <summary>
    /// Returns all parameters for writing, in the layout of <see cref="Values"/>. It counts as a change: networks prepare what
    /// depends on the parameters (the scales of a batch norm, transformed weights) again before their next call.
    /// </summary>
    /// <returns>All parameters. Padding is zero and must stay so. Call this again each time you write: later writes through the
    /// same span are not noticed.</returns>
    public Span<float> Edit()
    {
        MarkChanged();
        return _buffer.Span;
    }

    /// <summary>Says that parameters have changed; <see cref="Edit"/> says so too.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void MarkChanged()
    {
        Version = unchecked(Version + 1);
        AreSet = true;
    }

    /// <summary>Initialises every parameter again.</summary>
    /// <param name="seed">The seed: the same seed produces the same bits.</param>
    public void Initialize(ulong seed)
    {
        for (var index = 0; index < Table.Parameters.Length; index++)
        {
            var parameter = Table.Parameters[index];
            var values = new float[parameter.Count];
            if (parameter.Values.IsDefault)
                ParameterInitializer.Fill(parameter.Initializer, parameter.InitializerValue, parameter.Shape.AsSpan(), values, seed, (ulong)index);
            else
                parameter.CopyValues(values);
            parameter.Pack(values, _buffer.Span);
        }

        foreach (var magnitude in Table.Parameters.Where(parameter => parameter.Kind == ParameterKind.Magnitude))
            InitializeMagnitude(magnitude, Table.Parameters.Single(parameter => parameter.Kind == ParameterKind.Direction && parameter.Name == magnitude.Name[..^1] + "v"));

        MarkChanged();
    }

    /// <summary>Magnitudes start as the norms of the directions, so that the weight starts as the direction is drawn.</summary>
    private void InitializeMagnitude(ParameterInfo magnitude, ParameterInfo direction)
    {
        var rows = new float[direction.Count];
        direction.Unpack(_buffer.Span, rows);
        var length = direction.Count / magnitude.Count;
        var norms = new float[magnitude.Count];
        for (var row = 0; row < norms.Length; row++)
            norms[row] = System.Numerics.Tensors.TensorPrimitives.Norm(rows.AsSpan(row * length, length));
        magnitude.Pack(norms, _buffer.Span);
    }
}
