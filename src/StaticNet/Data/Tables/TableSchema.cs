using System.Collections.Immutable;

namespace StaticNet.Data;

/// <summary>
/// How the columns of a table become the numbers of a network, and the network's outputs become classes and numbers again. It is
/// fitted on the training part, stored with the weights, and applied in any program that loads them.
/// </summary>
/// <remarks>
/// <para><c>network.SetSchema(schema)</c> (<see cref="TableExtensions"/>) sets it in the network; from then on, it is saved and
/// loaded with the weights, and <c>network.Predict(row)</c> takes rows.</para>
/// <para>Columns are found by name, in any order. A missing column, one that the training part did not have, a gap and an unknown category are
/// refused with their place, unless the description says what to do with them. A schema does not change and may be used by several threads.</para>
/// </remarks>
public sealed partial class TableSchema
{
    private readonly ColumnEncoder[] _inputs;
    private readonly TargetEncoder[] _targets;
    private readonly TargetOutputs[] _outputs;
    private readonly TableSchemaOptions _options;
    private readonly HashSet<string> _known;

    private TableSchema(
        ColumnEncoder[] inputs, TargetEncoder[] targets, ImmutableArray<string> ignored, TableSchemaOptions options, int rowCount, TargetOutputs[] outputs)
    {
        (_inputs, _targets, _options, _outputs) = (inputs, targets, options, outputs);
        (IgnoredNames, RowCount) = (ignored, rowCount);
        InputNames = [.. inputs.Select(input => input.Name)];
        TargetNames = [.. targets.Select(target => target.Name)];
        InputLength = inputs.Sum(input => input.Width);
        TargetLength = targets.Sum(target => target.Length);
        _known = [.. InputNames, .. TargetNames, .. ignored];
        // One scaler is undone on all of a network's outputs. Beside classes, numbers are scaled here.
        if (targets.Length > 0 && targets.All(target => target is NumberTargetEncoder { Scaling: var (shift, scale) } && IsOfFloats(shift, scale)))
        {
            var scalings = targets.Select(target => ((NumberTargetEncoder)target).Scaling).ToArray();
            if (Array.TrueForAll(scalings, scaling => scaling == (0, 1)))
                return;
            TargetScaler = new Scaler([.. scalings.Select(scaling => (float)scaling.Shift)], [.. scalings.Select(scaling => (float)scaling.Scale)]);
        }
    }

    /// <summary>The names of the input columns, in the order of their numbers.</summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>The names of the target columns.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>The names of the other columns of the training part; a row may have them.</summary>
    public ImmutableArray<string> IgnoredNames { get; }

    /// <summary>The number of an input's numbers, for the network's <c>[Input]</c>.</summary>
    public int InputLength { get; }

    /// <summary>The number of a target's numbers.</summary>
    public int TargetLength { get; }

    /// <summary>The number of rows of the training part.</summary>
    public int RowCount { get; }

    /// <summary>Scales targets where all are numbers; null where they are scaled here, or not at all.</summary>
    internal Scaler? TargetScaler { get; }

    /// <summary>Whether number targets are scaled here, where a network's scaling is not for them.</summary>
    private bool ScalesTargets => TargetScaler is null;

    /// <summary>Fits a schema.</summary>
    /// <param name="training">The training part only: a schema fitted on other rows would contain information about them.</param>
    /// <param name="inputs">The input columns in the order of their numbers, at least one. All other columns are ignored.</param>
    /// <param name="targets">The targets in the order of the network's losses; may be none.</param>
    /// <param name="options">The options for all columns; null for the defaults.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentException">A description contradicts itself, or a column does not exist or is listed
    /// twice.</exception>
    /// <exception cref="DataFormatException">A value is not what its column describes; the message names file, line and column.</exception>
    /// <example><code>
    /// var schema = TableSchema.Fit(
    ///     train,
    ///     [new CategoryColumn("island"), new NumberColumn("body_mass_g") { Missing = MissingValue.Mean }],
    ///     [new ClassTarget("species")]);
    /// </code></example>
    public static TableSchema Fit(Table training, IReadOnlyList<TableColumn> inputs, IReadOnlyList<TableTarget> targets, TableSchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new TableSchemaOptions();
        options.Check();
        if (inputs.Count == 0)
            throw new ArgumentException("Expected at least one input column; there is none.", nameof(inputs));
        foreach (var input in inputs)
            input.Check();
        foreach (var target in targets)
            target.Check();
        var names = inputs.Select(input => input.Name).Concat(targets.Select(target => target.Name)).ToArray();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Expected each column once; '{twice.Key}' comes {twice.Count()} times among inputs and targets.", nameof(inputs));
        if (training.Count == 0)
            throw new ArgumentException("Expected rows to fit a schema on; the table has none.", nameof(training));
        var places = names.Select(training.IndexOf).ToArray();
        return new TableSchema(
            [.. inputs.Select((input, index) => input.Fit(training, places[index], options))],
            [.. targets.Select((target, index) => target.Fit(training, places[inputs.Count + index], options))],
            [.. training.Columns.Except(names, StringComparer.Ordinal)],
            options,
            training.Count,
            new TargetOutputs[targets.Count]);
    }

    /// <summary>The name of the column that a number of an input comes from.</summary>
    /// <param name="input">The number's place, from 0 to <see cref="InputLength"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string ColumnOf(int input)
    {
        if ((uint)input >= (uint)InputLength)
            throw new ArgumentOutOfRangeException(nameof(input), input, $"Expected the place of an input, 0 to {InputLength - 1}.");
        var column = 0;
        while (input >= _inputs[column].Width)
            input -= _inputs[column++].Width;
        return InputNames[column];
    }

    /// <summary>The classes of a target, in the order of their indices.</summary>
    /// <param name="target">The target's name; null for the only one.</param>
    /// <exception cref="ArgumentException">There is no such target, or it is a number.</exception>
    public ImmutableArray<string> ClassNames(string? target = null) =>
        (target is null && _targets.Length == 1 ? _targets[0] : Array.Find(_targets, encoder => encoder.Name == target)) is ClassTargetEncoder classes
            ? [.. classes.Classes]
            : throw new ArgumentException($"Expected a target that is a class; the targets are {string.Join(", ", TargetNames)}.", nameof(target));

    /// <summary>Converts the rows of a table to samples: the schema is applied, not fitted again.</summary>
    /// <param name="table">Rows with the columns of the training part, in any order.</param>
    /// <param name="withTargets">False for rows whose targets are not known: the samples have none.</param>
    /// <returns>Inputs of <see cref="InputLength"/> numbers, scaled, and targets of <see cref="TargetLength"/>; number targets
    /// are in the units of their columns if the network's scaling scales them.</returns>
    /// <exception cref="DataFormatException">A column is missing or one too many, or a value does not fit; the message names file, line and
    /// column.</exception>
    public DataSet ToDataSet(Table table, bool withTargets = true)
    {
        ArgumentNullException.ThrowIfNull(table);
        var inputs = new float[checked(table.Count * InputLength)];
        var targetLength = withTargets ? TargetLength : 0;
        var targets = new float[checked(table.Count * targetLength)];
        RequireNoExtra(table.Columns);
        var inputPlaces = PlacesOf(InputNames, table);
        var targetPlaces = PlacesOf(withTargets ? TargetNames : [], table);
        for (var row = 0; row < table.Count; row++)
        {
            EncodeRow(table, row, inputPlaces, inputs.AsSpan(row * InputLength, InputLength));
            var place = row * targetLength;
            for (var target = 0; target < targetPlaces.Length; target++)
            {
                var (encoder, column) = (_targets[target], targetPlaces[target]);
                encoder.Encode(table.Cell(row, column), targets.AsSpan(place, encoder.Length), ScalesTargets, table.PlaceOf(row, column), _options);
                place += encoder.Length;
            }
        }

        return new DataSet(InputLength, targetLength, inputs, targets).WithPlaces(table.PlaceOf);
    }

    /// <summary>Converts a row to inputs. Nothing allocates.</summary>
    /// <param name="row">A row of a table.</param>
    /// <param name="input"><see cref="InputLength"/> numbers, written.</param>
    /// <exception cref="ArgumentException">The room is not exactly right, or the row does not belong to a table.</exception>
    /// <exception cref="DataFormatException">A column is missing or one too many, or a value does not fit.</exception>
    public void Encode(TableRow row, Span<float> input)
    {
        RequireRoom(input);
        if (row.Table is null)
            throw new ArgumentException("Expected a row of a table, but got default(TableRow).", nameof(row));
        RequireNoExtra(row.Table.Columns);
        foreach (var encoder in _inputs)
        {
            if (!row.Table.TryFind(encoder.Name, out var column))
                throw Lacks(encoder.Name, row.Table.Columns);
            encoder.Encode(row.Table.Cell(row.Index, column), input[..encoder.Width], row.Table.PlaceOf(row.Index, column), _options);
            input = input[encoder.Width..];
        }
    }

    /// <summary>Converts a row whose values are in the order of <see cref="InputNames"/> to inputs. Nothing allocates.</summary>
    /// <param name="row">A value for each input column; null if it is missing.</param>
    /// <param name="input"><see cref="InputLength"/> numbers, written.</param>
    /// <exception cref="ArgumentException">The span does not have the exact length.</exception>
    /// <exception cref="DataFormatException">There are more or fewer values than columns, or a value does not fit.</exception>
    public void Encode(ReadOnlySpan<string?> row, Span<float> input)
    {
        RequireRoom(input);
        if (row.Length != _inputs.Length)
            throw new DataFormatException($"Expected {_inputs.Length} values, in the order {CellPlace.List(InputNames)}, but got {row.Length}.");
        for (var column = 0; column < row.Length; column++)
        {
            var encoder = _inputs[column];
            encoder.Encode(row[column], input[..encoder.Width], new CellPlace(null, 0, -1, column, encoder.Name), _options);
            input = input[encoder.Width..];
        }
    }

    /// <summary>Converts a row whose values have the names of their columns, in any order, to inputs. Nothing
    /// allocates.</summary>
    /// <param name="row">Names and values; null and NaN are values that are missing.</param>
    /// <param name="input"><see cref="InputLength"/> numbers, written.</param>
    /// <exception cref="ArgumentException">The room is not exactly right, or a name is null.</exception>
    /// <exception cref="DataFormatException">A column is missing, unknown or repeated, or a value does not fit.</exception>
    public void Encode(ReadOnlySpan<(string Column, TableValue Value)> row, Span<float> input)
    {
        RequireRoom(input);
        for (var i = 0; i < row.Length; i++)
        {
            var name = row[i].Column ?? throw new ArgumentException($"Expected a name of a column with each value; that of value {i + 1} is null.", nameof(row));
            RequireKnown(name);
            for (var other = 0; other < i; other++)
            {
                if (row[other].Column == name)
                    throw new DataFormatException($"Expected each column once; {CellPlace.Quote(name)} comes twice.");
            }
        }

        foreach (var encoder in _inputs)
        {
            var found = -1;
            for (var i = 0; i < row.Length && found < 0; i++)
            {
                if (row[i].Column == encoder.Name)
                    found = i;
            }

            if (found < 0)
                throw Lacks(encoder.Name, [.. row.ToArray().Select(pair => pair.Column)]);
            encoder.Encode(row[found].Value, input[..encoder.Width], new CellPlace(null, 0, -1, -1, encoder.Name), _options);
            input = input[encoder.Width..];
        }
    }

    /// <summary>Converts a row that is a dictionary of names and texts to inputs.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{ValueTuple{string, TableValue}}, Span{float})"/>
    public void Encode(IReadOnlyDictionary<string, string?> row, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(row);
        RequireRoom(input);
        foreach (var name in row.Keys)
            RequireKnown(name);
        foreach (var encoder in _inputs)
        {
            if (!row.TryGetValue(encoder.Name, out var text))
                throw Lacks(encoder.Name, [.. row.Keys]);
            encoder.Encode(text, input[..encoder.Width], new CellPlace(null, 0, -1, -1, encoder.Name), _options);
            input = input[encoder.Width..];
        }
    }

    private static bool IsOfFloats(double shift, double scale) =>
        float.IsFinite((float)shift) && float.IsFinite((float)scale) && (float)scale != 0;

    private void EncodeRow(Table table, int row, int[] places, Span<float> input)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            var encoder = _inputs[i];
            encoder.Encode(table.Cell(row, places[i]), input[..encoder.Width], table.PlaceOf(row, places[i]), _options);
            input = input[encoder.Width..];
        }
    }

    private static int[] PlacesOf(ImmutableArray<string> names, Table table) =>
        [.. names.Select(name => table.TryFind(name, out var place) ? place : throw Lacks(name, table.Columns))];

    private void RequireNoExtra(ImmutableArray<string> columns)
    {
        foreach (var column in columns)
            RequireKnown(column);
    }

    private void RequireKnown(string column)
    {
        if (!_options.AllowExtraColumns && !_known.Contains(column))
        {
            throw new DataFormatException(
                $"Expected columns of the training part, {CellPlace.List([.. InputNames, .. TargetNames, .. IgnoredNames])}; there is one more, {CellPlace.Quote(column)}. " +
                $"{nameof(TableSchemaOptions.AllowExtraColumns)} of the schema's options ignores such columns.");
        }
    }

    private static DataFormatException Lacks(string column, IReadOnlyList<string> columns) =>
        new($"Expected a column {CellPlace.Quote(column)}; {(columns.Count == 0 ? "there are none" : $"there are {CellPlace.List(columns)}")}.{TableReader.DelimiterAdvice(columns)}");

    private void RequireRoom(ReadOnlySpan<float> input)
    {
        if (input.Length != InputLength)
            throw new ArgumentException($"Expected room for {InputLength} numbers; there is room for {input.Length}.", nameof(input));
    }
}
