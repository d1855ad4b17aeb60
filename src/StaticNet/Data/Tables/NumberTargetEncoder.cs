using System.Globalization;
using System.Text.Json;

namespace StaticNet.Data;

/// <summary>A number to be predicted.</summary>
internal sealed class NumberTargetEncoder(NumberTarget target, (double Shift, double Scale) scaling) : TargetEncoder
{
    public override string Name => target.Name;

    public override int Length => 1;

    /// <summary>What is subtracted from numbers, and what they are then divided by.</summary>
    public (double Shift, double Scale) Scaling { get; } = scaling;

    public static NumberTargetEncoder Read(SchemaFields fields)
    {
        var target = new NumberTarget(fields.Name()) { Scaling = fields.Choice<ColumnScaling>("scaling"), DecimalComma = fields.Flag("decimalComma") };
        fields.Check(target.Check);
        return new NumberTargetEncoder(target, (fields.Number("shift"), fields.Scale("scale")));
    }

    public override TargetPrediction Predict(ReadOnlySpan<float> outputs, OutputLink link, bool isScaled)
    {
        var number = link == OutputLink.Sigmoid ? 1 / (1 + Math.Exp(-(double)outputs[0])) : outputs[0];
        return new TargetPrediction(Name, isScaled ? (number * Scaling.Scale) + Scaling.Shift : number);
    }

    public override OutputLink? LinkOf(LossDescription loss) => loss.Kind switch
    {
        LossKind.MeanSquaredError or LossKind.HalfSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber => OutputLink.Values,
        LossKind.BinaryCrossEntropy when target.Scaling == ColumnScaling.None => OutputLink.Values,
        LossKind.BinaryCrossEntropyWithLogits when target.Scaling == ColumnScaling.None => OutputLink.Sigmoid,
        _ => null,
    };

    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"number, {(Scaling == (0, 1) ? "not scaled" : $"scaled for training: (x − {Scaling.Shift:G6}) / {Scaling.Scale:G6}")}");

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "number");
        json.WriteString("name", Name);
        json.WriteString("scaling", target.Scaling.ToString());
        json.WriteBoolean("decimalComma", target.DecimalComma);
        json.WriteNumber("shift", Scaling.Shift);
        json.WriteNumber("scale", Scaling.Scale);
    }

    protected override void EncodeValue(string text, Span<float> destination, bool isScaled, in CellPlace place)
    {
        if (!NumberText.TryParse(text, target.DecimalComma, out var number))
            throw NumberText.Fault(text, target.DecimalComma, place);
        destination[0] = (float)(isScaled ? (number - Scaling.Shift) / Scaling.Scale : number);
        if (!float.IsFinite(destination[0]))
            throw place.Fault($"expected a number that a float holds, but got {CellPlace.Quote(text)}.");
    }
}
