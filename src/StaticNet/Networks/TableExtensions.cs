using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>Networks over the rows of tables: setting their <see cref="TableSchema"/>, and predicting rows.</summary>
/// <remarks>
/// A schema is stored in the metadata of the safetensors file that has the weights, so weights and schema cannot be separated;
/// programs that read only the tensors ignore it.
/// </remarks>
public static class TableExtensions
{
    /// <summary>The name of the schema among the metadata.</summary>
    internal const string SchemaKey = "staticnet.schema";

    // No more of the stack than a row of a usual table needs.
    private const int StackFloats = 512;

    /// <summary>Sets the schema of a network's data: it is stored with the parameters, and <c>Predict</c> then takes
    /// rows.</summary>
    /// <param name="network">A network that trains: its losses say what the outputs mean.</param>
    /// <param name="schema">A schema whose numbers and targets fit the network.</param>
    /// <remarks>The network's <see cref="Scaling"/> is replaced: inputs are scaled by the schema, and the scaling of targets, if
    /// all of them are numbers, becomes the network's, so losses are scaled, while metrics and outputs are in the user's
    /// units.</remarks>
    /// <exception cref="ArgumentException">The schema has another number of inputs, or targets that the losses do not
    /// take.</exception>
    public static void SetSchema<TNetwork>(this TNetwork network, TableSchema schema)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schema);
        var bound = schema.BoundTo(TNetwork.Description);
        NetworkExtensions.Apply(network, new Scaling(null, bound.TargetScaler));
        (network.Weights.Schema, network.Weights.IsSchemaOfProgram) = (bound, true);
    }

    /// <summary>Predicts a row of a table.</summary>
    /// <param name="network">A network with a schema, set or loaded with the weights.</param>
    /// <param name="row">The row; the table's columns may be in any order, and the targets need not be there.</param>
    /// <returns>A class with its probability, or a number in the user's units, for each target.</returns>
    /// <exception cref="InvalidOperationException">The network has no schema, or its outputs are not finite.</exception>
    /// <exception cref="DataFormatException">A column is missing or unknown, or a value does not fit; the message names its
    /// place.</exception>
    public static TablePrediction Predict<TNetwork>(this TNetwork network, TableRow row)
        where TNetwork : class, INetwork<TNetwork>
    {
        var schema = SchemaOf(network);
        var input = schema.InputLength <= StackFloats ? stackalloc float[schema.InputLength] : new float[schema.InputLength];
        schema.Encode(row, input);
        return Predict(network, schema, input);
    }

    /// <summary>Predicts a row whose values come in the order of <see cref="TableSchema.InputNames"/>.</summary>
    /// <param name="network">A network with a schema, set or loaded with the weights.</param>
    /// <param name="row">A text for each input column; null where there is none.</param>
    /// <inheritdoc cref="Predict{TNetwork}(TNetwork, TableRow)"/>
    public static TablePrediction Predict<TNetwork>(this TNetwork network, string?[] row)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(row);
        var schema = SchemaOf(network);
        var input = schema.InputLength <= StackFloats ? stackalloc float[schema.InputLength] : new float[schema.InputLength];
        schema.Encode(row, input);
        return Predict(network, schema, input);
    }

    /// <summary>Predicts a row that is a dictionary of names and texts.</summary>
    /// <param name="network">A network with a schema, set or loaded with the weights.</param>
    /// <param name="row">The texts by the names of their columns; null where there is none.</param>
    /// <inheritdoc cref="Predict{TNetwork}(TNetwork, TableRow)"/>
    public static TablePrediction Predict<TNetwork>(this TNetwork network, IReadOnlyDictionary<string, string?> row)
        where TNetwork : class, INetwork<TNetwork>
    {
        var schema = SchemaOf(network);
        var input = schema.InputLength <= StackFloats ? stackalloc float[schema.InputLength] : new float[schema.InputLength];
        schema.Encode(row, input);
        return Predict(network, schema, input);
    }

    /// <summary>Predicts a row of texts, numbers and dates with the names of their columns, in any order.</summary>
    /// <param name="network">A network with a schema, set or loaded with the weights.</param>
    /// <param name="row">Names and values; null and NaN are values that are missing.</param>
    /// <inheritdoc cref="Predict{TNetwork}(TNetwork, TableRow)"/>
    /// <example><code>model.Predict([("island", "Biscoe"), ("body_mass_g", 4300), ("sex", null)]).Class</code></example>
    public static TablePrediction Predict<TNetwork>(this TNetwork network, ReadOnlySpan<(string Column, TableValue Value)> row)
        where TNetwork : class, INetwork<TNetwork>
    {
        var schema = SchemaOf(network);
        var input = schema.InputLength <= StackFloats ? stackalloc float[schema.InputLength] : new float[schema.InputLength];
        schema.Encode(row, input);
        return Predict(network, schema, input);
    }

    /// <summary>Reads the schema of a state dict.</summary>
    /// <param name="state">The state dict.</param>
    /// <param name="network">The network that it has to fit.</param>
    /// <param name="what">Where it is from, for messages.</param>
    /// <returns>The schema; null where there is none.</returns>
    /// <exception cref="ArgumentException">It is not valid or does not fit.</exception>
    internal static TableSchema? ReadSchema(StateDict state, NetworkDescription network, string what) =>
        state.Metadata.TryGetValue(SchemaKey, out var json) ? ReadSchema(json, network, what) : null;

    internal static TableSchema ReadSchema(string json, NetworkDescription network, string what)
    {
        try
        {
            var schema = TableSchema.FromJson(json);
            schema.CheckStored(network);
            return schema;
        }
        catch (Exception exception) when (exception is DataFormatException or ArgumentException)
        {
            throw new ArgumentException($"{what} has a schema of tables that cannot be used: {exception.Message}", exception);
        }
    }

    private static TableSchema SchemaOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Weights.Schema ?? throw new InvalidOperationException(
            $"{TNetwork.Description.Name} has no schema of tables, so that it takes numbers alone: call SetSchema where it is trained, and store it with SaveSafetensors.");
    }

    private static TablePrediction Predict<TNetwork>(TNetwork network, TableSchema schema, ReadOnlySpan<float> input)
        where TNetwork : class, INetwork<TNetwork>
    {
        var output = TNetwork.OutputLength <= StackFloats ? stackalloc float[TNetwork.OutputLength] : new float[TNetwork.OutputLength];
        network.Forward(input, output);
        return schema.Read(output);
    }
}
