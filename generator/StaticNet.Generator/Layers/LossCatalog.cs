using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The losses: one line each, from the name of the attribute's class to the record.</summary>
internal static class LossCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<AttributeArguments, LossSpec>> Losses = new Dictionary<string, Func<AttributeArguments, LossSpec>>(StringComparer.Ordinal)
    {
        ["BinaryCrossEntropyLossAttribute"] = a => Loss(LossKind.BinaryCrossEntropy, a),
        ["BinaryCrossEntropyWithLogitsLossAttribute"] = a => Loss(LossKind.BinaryCrossEntropyWithLogits, a),
        ["CenterLossAttribute"] = a => Loss(LossKind.Center, a) with { Parameter = a.Single("Rate", Defaults.CenterRate) },
        ["CustomLossAttribute"] = CustomLoss,
        ["HalfSquaredErrorLossAttribute"] = a => Loss(LossKind.HalfSquaredError, a),
        ["HingeLossAttribute"] = a => Loss(LossKind.Hinge, a),
        ["HuberLossAttribute"] = a => Loss(LossKind.Huber, a) with { Parameter = a.Single("Delta", Defaults.Delta) },
        ["MeanAbsoluteErrorLossAttribute"] = a => Loss(LossKind.MeanAbsoluteError, a),
        ["MeanSquaredErrorLossAttribute"] = a => Loss(LossKind.MeanSquaredError, a),
        ["MultiClassHingeLossAttribute"] = a => Loss(LossKind.MultiClassHinge, a) with { Parameter = a.Single("Margin", Defaults.Margin) },
        ["SoftmaxCrossEntropyLossAttribute"] = a => Loss(LossKind.SoftmaxCrossEntropy, a) with { SoftTargets = a.Boolean("SoftTargets"), LabelSmoothing = a.Single("LabelSmoothing") },
        ["SquaredHingeLossAttribute"] = a => Loss(LossKind.SquaredHinge, a),
    };

    private static LossSpec CustomLoss(AttributeArguments a)
    {
        a.Refuse<Reduction>("Reduction", "the program's gradients are taken as they are");
        return Loss(LossKind.Custom, a) with { Sum = true };
    }

    private static LossSpec Loss(LossKind kind, AttributeArguments a) =>
        new(kind, a.Text("From"), a.Single("Weight", Defaults.LossWeight), a.Choice<Reduction>("Reduction") == Reduction.Sum);
}
