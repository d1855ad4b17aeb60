using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StaticNet.Data;

/// <content>A schema as text, for reading and for storing.</content>
public sealed partial class TableSchema
{
    private const int Version = 1;

    // The objects in each other: the schema, a list, a column, a list of names.
    private const int MaxDepth = 8;

    /// <summary>Describes in words how each column is converted.</summary>
    /// <returns>Lines without a final line break: for each input the places of its numbers, then the targets and the columns that are ignored.</returns>
    public string Describe()
    {
        var places = new List<string>();
        var place = 0;
        foreach (var input in _inputs)
        {
            places.Add(input.Width == 1 ? $"{place}" : $"{place}–{place + input.Width - 1}");
            place += input.Width;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Fitted on {RowCount} rows. {InputLength} input numbers of {_inputs.Length} columns:\n");
        var (placeWidth, nameWidth) = (places.Max(item => item.Length), InputNames.Concat(TargetNames).Max(name => name.Length));
        for (var i = 0; i < _inputs.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"  {places[i].PadRight(placeWidth)}  {_inputs[i].Name.PadRight(nameWidth)}  {_inputs[i].Describe()}\n");
        text.Append(_targets.Length == 0 ? "No targets.\n" : "Targets:\n");
        foreach (var target in _targets)
            text.Append(CultureInfo.InvariantCulture, $"  {"".PadRight(placeWidth)}  {target.Name.PadRight(nameWidth)}  {target.Describe()}\n");
        if (IgnoredNames.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"Ignored: {CellPlace.List(IgnoredNames)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Other columns: {(_options.AllowExtraColumns ? "ignored" : "refused")}. Missing is: {string.Join(", ", _options.MissingText.Select(CellPlace.Quote))}");
        return text.ToString();
    }

    /// <summary>The same as <see cref="Describe"/>.</summary>
    public override string ToString() => Describe();

    /// <summary>Writes the schema as JSON, as it is stored with weights.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("rows", RowCount);
            Write(json, "missingText", _options.MissingText);
            json.WriteBoolean("allowExtraColumns", _options.AllowExtraColumns);
            Write(json, "ignored", IgnoredNames);
            json.WriteStartArray("inputs");
            foreach (var input in _inputs)
                input.Write(json);
            json.WriteEndArray();
            json.WriteStartArray("targets");
            foreach (var (target, outputs) in _targets.Zip(_outputs))
            {
                json.WriteStartObject();
                target.Write(json);
                if (outputs.AreKnown)
                {
                    json.WriteNumber("outputOffset", outputs.Offset);
                    json.WriteNumber("outputLength", outputs.Length);
                    json.WriteString("link", outputs.Link.ToString());
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a schema that <see cref="ToJson"/> has written.</summary>
    /// <param name="json">Any text.</param>
    /// <exception cref="DataFormatException">It is not a schema.</exception>
    public static TableSchema FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(new SchemaFields(document.RootElement, "at its beginning"));
        }
        // Half of a surrogate pair, escaped, is valid JSON but no text: an InvalidOperationException.
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DataFormatException($"The schema: expected valid JSON; {exception.Message}", exception);
        }
    }

    private static TableSchema Read(SchemaFields fields)
    {
        if (fields.Count("version") is var version && version != Version)
            throw fields.Fault($"expected version {Version}, but got {version}. A newer StaticNet has written it.");
        var options = new TableSchemaOptions { MissingText = [.. fields.Texts("missingText")], AllowExtraColumns = fields.Flag("allowExtraColumns") };
        ColumnEncoder[] inputs =
        [
            .. fields.Objects("inputs").Select(input => input.Text("kind") switch
            {
                "number" => NumberEncoder.Read(input),
                "category" => CategoryEncoder.Read(input),
                "date" => (ColumnEncoder)DateEncoder.Read(input),
                _ => throw input.Fault("expected the kind number, category or date, but got another."),
            }),
        ];
        var stored = fields.Objects("targets");
        TargetEncoder[] targets =
        [
            .. stored.Select(target => target.Text("kind") switch
            {
                "number" => NumberTargetEncoder.Read(target),
                "class" => (TargetEncoder)ClassTargetEncoder.Read(target),
                _ => throw target.Fault("expected the kind number or class, but got another."),
            }),
        ];
        var outputs = targets.Zip(stored).Select(pair => Outputs(pair.First, pair.Second)).ToArray();
        var ignored = fields.Texts("ignored");
        var names = inputs.Select(input => input.Name).Concat(targets.Select(target => target.Name)).Concat(ignored).ToArray();
        if (inputs.Length == 0 || names.ToHashSet(StringComparer.Ordinal).Count != names.Length)
            throw fields.Fault("expected input columns, one or more, and each name once.");
        return new TableSchema(inputs, targets, [.. ignored], options, fields.Count("rows"), outputs);
    }

    /// <summary>Where a target's outputs are, if it says so; as many as the target can have.</summary>
    private static TargetOutputs Outputs(TargetEncoder target, SchemaFields fields)
    {
        if (fields.OptionalText("link") is null)
            return default;
        var outputs = new TargetOutputs(fields.Count("outputOffset"), fields.Count("outputLength"), fields.Choice<OutputLink>("link"));
        var classes = target is ClassTargetEncoder named ? named.Classes.Length : 0;
        var fits = outputs.Link switch
        {
            OutputLink.Softmax => outputs.Length == classes,
            OutputLink.Probabilities => classes > 0 && (outputs.Length == classes || (outputs.Length, classes) is (1, 2)),
            _ => outputs.Length == classes || (outputs.Length == 1 && classes is 0 or 2),
        };
        return fits && outputs.Length > 0 ? outputs : throw fields.Fault($"expected outputs of '{target.Name}', but got {outputs.Length} of {outputs.Link}.");
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
