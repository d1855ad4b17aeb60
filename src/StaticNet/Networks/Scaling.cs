using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>
/// How a network's numbers relate to those of its user: inputs are scaled before they enter the network, targets before they
/// train it, and the scaling of targets is reversed on the outputs.
/// </summary>
/// <param name="Inputs">The scaler of inputs; null for none.</param>
/// <param name="Targets">The scaler of targets, reversed on outputs; null for none.</param>
/// <remarks>
/// A scaling belongs to the parameters that were trained with it: it is set with <see cref="NetworkExtensions.SetScaling"/>,
/// shared by all instances over the same parameters, and stored in state dicts and files under the names
/// <c>scaling.inputs.shift</c>, <c>scaling.inputs.scale</c>, <c>scaling.targets.shift</c> and <c>scaling.targets.scale</c>, with
/// <c>.function</c> and <c>.width</c> if a scaler has them (see <see cref="Scaler.ToStateDict"/>). <c>Forward</c>,
/// <c>ForwardBatch</c>, <c>Predict</c> and a trainer take and return the user's numbers; <c>ForwardRaw</c>, <c>TrainBatch</c> and
/// <c>EvaluateBatch</c> the network's own.
/// </remarks>
public sealed record Scaling(Scaler? Inputs, Scaler? Targets)
{
    private const string InputsName = "scaling.inputs";
    private const string TargetsName = "scaling.targets";

    /// <summary>No scaling.</summary>
    public static Scaling None { get; } = new(null, null);

    /// <summary>Whether another scaling does the same to every number.</summary>
    internal bool IsSameAs(Scaling other) => IsSame(Inputs, other.Inputs) && IsSame(Targets, other.Targets);

    private static bool OutputsAreTargets(NetworkDescription description) =>
        description.OutputLength == description.TargetLength && description.Losses.All(loss => loss.OutputOffset == loss.TargetOffset && loss.OutputLength == loss.TargetLength);

    private static bool IsSame(Scaler? left, Scaler? right) => left is null || right is null
        ? left == right
        : left.Function == right.Function && left.Width == right.Width
            && left.Shift.SequenceEqual(right.Shift) && left.Scale.SequenceEqual(right.Scale);

    internal static bool IsReserved(string name) =>
        name.StartsWith(InputsName + ".", StringComparison.Ordinal) || name.StartsWith(TargetsName + ".", StringComparison.Ordinal);

    internal static Scaling FromStateDict(StateDict state) =>
        new(Scaler.FromStateDict(InputsName, state), Scaler.FromStateDict(TargetsName, state));

    internal void ToStateDict(StateDict state)
    {
        Inputs?.ToStateDict(InputsName, state);
        Targets?.ToStateDict(TargetsName, state);
    }

    /// <summary>Checks that the scalers fit a network.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Check(NetworkDescription description)
    {
        if (Inputs is { } inputs && description.InputLength % inputs.Length != 0)
            throw new ArgumentException($"Expected a scaler of 1 or {description.InputLength} inputs; it has {inputs.Length}.");
        if (Targets is not { } targets)
            return;
        if (description.OutputLength % targets.Length != 0)
            throw new ArgumentException($"Expected a scaler of 1 or {description.OutputLength} targets; it has {targets.Length}.");
        if (description.Losses.Any(loss => loss.TargetIsIndex))
            throw new ArgumentException($"The targets of {description.Name} are indices of classes, which cannot be scaled.");
        if (description.Losses.Any(loss => loss.Kind == LossKind.Custom))
            throw new ArgumentException($"The targets of {description.Name} are gradients of a loss of the program's own, which cannot be scaled.");
        // It is undone on all outputs, so each of them has to be what is compared with the targets in its place.
        if (description.Outputs.Length > 1 && !description.Losses.IsEmpty && !OutputsAreTargets(description))
            throw new ArgumentException($"The outputs of {description.Name} are not, in their order, what its losses compare with targets; a scaling of targets is undone on all of them.");
        if (!description.Losses.IsEmpty && description.TargetLength % targets.Length != 0)
            throw new ArgumentException($"Expected a scaler of 1 or {description.TargetLength} targets; it has {targets.Length}.");
    }
}
