using System.Numerics.Tensors;
using System.Text.Json;

namespace StaticNet.Data;

/// <summary>A class to be predicted.</summary>
internal sealed class ClassTargetEncoder : TargetEncoder
{
    private readonly ClassTarget _target;
    private readonly string[] _classes;
    private readonly Dictionary<string, int> _indices;

    private ClassTargetEncoder(ClassTarget target, string[] classes)
    {
        (_target, _classes) = (target, classes);
        _indices = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    public override string Name => _target.Name;

    public override int Length => _target.Encoding == ClassEncoding.OneHot ? _classes.Length : 1;

    /// <summary>The names of the classes in the order of their indices.</summary>
    public ReadOnlySpan<string> Classes => _classes;

    public static ClassTargetEncoder Fit(ClassTarget target, Table table, int column, TableSchemaOptions limits)
    {
        var (counts, _) = CategoryCounts.Of(table, column, limits with { RefusesMissing = true }, "classes");
        var encoder = new ClassTargetEncoder(target, target.ClassNames?.ToArray() ?? [.. counts.Keys.Order(StringComparer.Ordinal)]);
        if (encoder.Fault() is { } fault)
            throw new DataFormatException($"Column {CellPlace.Quote(target.Name)}: {fault}");
        for (var row = 0; row < table.Count; row++)
            encoder.IndexOf(table.Cell(row, column), table.PlaceOf(row, column));
        return encoder;
    }

    public static ClassTargetEncoder Read(SchemaFields fields)
    {
        var classes = fields.Names("classes");
        var target = new ClassTarget(fields.Name()) { Encoding = fields.Choice<ClassEncoding>("encoding"), ClassNames = classes };
        fields.Check(target.Check);
        var encoder = new ClassTargetEncoder(target, classes);
        return encoder.Fault() is { } fault ? throw fields.Fault(fault) : encoder;
    }

    public override TargetPrediction Predict(ReadOnlySpan<float> outputs, OutputLink link, bool isScaled)
    {
        if (link == OutputLink.Values)
            return new TargetPrediction(Name, _classes[outputs.Length == 1 ? (outputs[0] > 0 ? 1 : 0) : TensorPrimitives.IndexOfMax(outputs)], null, _classes, []);
        var probabilities = new double[_classes.Length];
        if (link == OutputLink.Softmax)
        {
            var largest = (double)TensorPrimitives.Max(outputs);
            var sum = 0.0;
            for (var i = 0; i < probabilities.Length; i++)
                sum += probabilities[i] = Math.Exp(outputs[i] - largest);
            for (var i = 0; i < probabilities.Length; i++)
                probabilities[i] /= sum;
        }
        else
        {
            for (var i = 0; i < outputs.Length; i++)
                probabilities[^(outputs.Length - i)] = link == OutputLink.Sigmoid ? 1 / (1 + Math.Exp(-(double)outputs[i])) : outputs[i];
            // One output is the probability of the second of two classes.
            if (outputs.Length == 1)
                probabilities[0] = 1 - probabilities[1];
        }

        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            best = probabilities[i] > probabilities[best] ? i : best;
        return new TargetPrediction(Name, _classes[best], probabilities[best], _classes, probabilities);
    }

    public override OutputLink? LinkOf(LossDescription loss) => (loss.Kind, _target.Encoding) switch
    {
        (LossKind.SoftmaxCrossEntropy, ClassEncoding.Index) when loss.TargetIsIndex && loss.OutputLength == _classes.Length => OutputLink.Softmax,
        (LossKind.SoftmaxCrossEntropy, ClassEncoding.OneHot) when !loss.TargetIsIndex && loss.OutputLength == _classes.Length => OutputLink.Softmax,
        (LossKind.MultiClassHinge, ClassEncoding.Index) when loss.OutputLength == _classes.Length => OutputLink.Values,
        (LossKind.BinaryCrossEntropyWithLogits, ClassEncoding.OneHot) => OutputLink.Sigmoid,
        (LossKind.BinaryCrossEntropyWithLogits, ClassEncoding.Index) when _classes.Length == 2 => OutputLink.Sigmoid,
        (LossKind.BinaryCrossEntropy, ClassEncoding.OneHot) => OutputLink.Probabilities,
        (LossKind.BinaryCrossEntropy, ClassEncoding.Index) when _classes.Length == 2 => OutputLink.Probabilities,
        (LossKind.Hinge or LossKind.SquaredHinge, ClassEncoding.Sign) => OutputLink.Values,
        (LossKind.MeanSquaredError or LossKind.HalfSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber, ClassEncoding.OneHot) => OutputLink.Values,
        _ => null,
    };

    public override string Describe() => $"{_classes.Length} classes as {_target.Encoding switch
    {
        ClassEncoding.Index => "an index",
        ClassEncoding.OneHot => "one-hot numbers",
        _ => "−1 and 1",
    }}: {CellPlace.List(_classes)}";

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "class");
        json.WriteString("name", Name);
        json.WriteString("encoding", _target.Encoding.ToString());
        json.WriteStartArray("classes");
        foreach (var name in _classes)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    protected override void EncodeValue(string text, Span<float> destination, bool isScaled, in CellPlace place)
    {
        var index = IndexOf(text, place);
        if (_target.Encoding == ClassEncoding.OneHot)
        {
            destination.Clear();
            destination[index] = 1;
            return;
        }

        destination[0] = _target.Encoding == ClassEncoding.Sign ? (2 * index) - 1 : index;
    }

    private int IndexOf(string text, in CellPlace place) => _indices.TryGetValue(text, out var index)
        ? index
        : throw place.Fault($"expected one of the classes {CellPlace.List(_classes)}, but got {CellPlace.Quote(text)}.");

    private string? Fault() => _target.Encoding == ClassEncoding.Sign && _classes.Length != 2
        ? $"expected two classes for the signs −1 and 1; there are {_classes.Length}: {CellPlace.List(_classes)}."
        : _classes.Length < 2 ? $"expected two classes or more; there is one, {CellPlace.List(_classes)}." : null;
}
