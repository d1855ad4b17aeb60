using System.Numerics.Tensors;
using StaticNet.Numerics;

namespace StaticNet;

/// <content>Copies the weights of another network of the same class: target networks, moving averages.</content>
public sealed partial class NetworkWeights
{
    /// <summary>
    /// Copies everything from the weights of another network of the same class, or of its inference twin: all parameters, running
    /// statistics, the scaling and the schema. Nothing allocates.
    /// </summary>
    /// <param name="source">The weights that are copied.</param>
    /// <exception cref="ArgumentException">The source belongs to a network with other parameters
    /// (<see cref="ParameterCopyExtensions"/> copies by name between classes), or has a number that is not finite. Nothing
    /// changes then.</exception>
    /// <exception cref="InvalidOperationException">The source belongs to an inference twin that has no weights yet.</exception>
    /// <example><code>target.Weights.CopyFrom(network.Weights);</code></example>
    public void CopyFrom(NetworkWeights source)
    {
        CheckSource(source);
        if (ReferenceEquals(source, this))
            return;
        source.Values.CopyTo(Edit());
        Scaling = source.Scaling;
        IsScalingOfProgram = source.IsScalingOfProgram;
        Schema = source.Schema;
        IsSchemaOfProgram = source.IsSchemaOfProgram;
    }

    /// <summary>
    /// Moves part of the way to the weights of another network of the same class, p ← p + factor · (source − p), for the slow
    /// target network of reinforcement learning or a moving average of a run. Nothing allocates.
    /// </summary>
    /// <param name="source">The weights to move towards.</param>
    /// <param name="factor">The part of the way, 0 to 1: 0 changes nothing, 1 is a copy. For a moving average with the decay
    /// 0.999, it is 0.001.</param>
    /// <remarks>
    /// It applies to all parameters, frozen ones too. Running statistics (and the centres of a center loss) are averages already and
    /// are copied, unless the factor is 0. The scaling must be the same: weights of different scalings have no mean.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not from 0 to 1.</exception>
    /// <exception cref="ArgumentException">
    /// The source belongs to a network with other parameters, is scaled differently, or holds a number that is not finite. Nothing changes then.
    /// </exception>
    /// <exception cref="InvalidOperationException">These weights or the source are of an inference twin that has no weights yet.</exception>
    /// <example><code>target.Weights.Blend(network.Weights, 0.005f);</code></example>
    public void Blend(NetworkWeights source, float factor)
    {
        if (!(factor is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "Expected a number from 0 to 1.");
        CheckSource(source);
        if (!AreSet)
            throw new InvalidOperationException(
                $"Expected weights to blend with; these have not been initialised or loaded yet. {nameof(CopyFrom)} takes the other ones whole.");
        if (!Scaling.IsSameAs(source.Scaling))
            throw new ArgumentException(
                $"Expected weights of the same scaling; those of the source are scaled differently. {nameof(CopyFrom)} takes the scaling too.",
                nameof(source));
        if (ReferenceEquals(source, this) || factor == 0)
            return;
        if (factor == 1)
        {
            source.Values.CopyTo(Edit());
            return;
        }

        var from = source.Values;
        var to = Edit();
        WeightLoop.Blend(from[..Table.TrainableLength], to[..Table.TrainableLength], factor);
        foreach (var parameter in Table.Parameters)
        {
            if (parameter.Trainable)
                continue;
            var held = from.Slice(parameter.Offset, parameter.PackedLength);
            var own = to.Slice(parameter.Offset, parameter.PackedLength);
            if (parameter.Kind == ParameterKind.Statistic)
                held.CopyTo(own);
            else
                WeightLoop.Blend(held, own, factor);
        }
    }

    /// <summary>Checks that weights can be taken over as they are stored.</summary>
    private void CheckSource(NetworkWeights source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!ReferenceEquals(source.Table, Table))
            CheckTable(source.Table);
        if (!source.AreSet)
            throw new InvalidOperationException("Expected weights to take over; those of the source have not been initialised or loaded yet.");
        if (TensorPrimitives.IsFiniteAll(source.Values))
            return;
        foreach (var parameter in source.Table.Parameters)
        {
            if (!TensorPrimitives.IsFiniteAll(source.Values.Slice(parameter.Offset, parameter.PackedLength)))
                throw new ArgumentException($"Expected finite weights; {parameter.Name} of the source holds a number that is not.", nameof(source));
        }
    }

    private void CheckTable(ParameterTable source)
    {
        var count = Math.Min(source.Parameters.Length, Table.Parameters.Length);
        for (var index = 0; index < count; index++)
        {
            var (own, other) = (Table.Parameters[index], source.Parameters[index]);
            if (!own.HasLayoutOf(other))
                throw new ArgumentException(
                    $"Expected the weights of a network with the same layers; where the source has {other.Name} [{string.Join(", ", other.Shape)}], " +
                    $"these have {own.Name} [{string.Join(", ", own.Shape)}]. " +
                    $"{nameof(ParameterCopyExtensions.CopyParametersFrom)} copies by name between classes.",
                    nameof(source));
        }

        if (source.Parameters.Length != Table.Parameters.Length)
            throw new ArgumentException(
                $"Expected the weights of a network with the same layers, with {Table.Parameters.Length} parameters; " +
                $"the source has {source.Parameters.Length}. " +
                $"{nameof(ParameterCopyExtensions.CopyParametersFrom)} copies by name between classes.",
                nameof(source));
    }
}
