using System.Globalization;
using System.Numerics.Tensors;

namespace StaticNet.Training;

/// <summary>
/// Looks at losses and gradients of the first steps: a rate that is too large throws the parameters from one side of a valley to the other,
/// so that successive gradients point against each other and the loss does not fall.
/// </summary>
/// <remarks>
/// Noise of the batches does not do that: its gradients are as often with as against each other, apart from epochs of two or three
/// batches, which together must come to little near a minimum; those are ignored. Batches that take turns in what they hold
/// may be against each other in part, so that only nearly opposite gradients count.
/// </remarks>
internal sealed class OscillationCheck
{
    /// <summary>The steps that are looked back over.</summary>
    private const int Window = 12;

    /// <summary>The steps between two looks.</summary>
    private const int Distance = 4;

    /// <summary>The samples whose mean loss, before any step, shows what training begins with; with fewer, it may be small by chance.</summary>
    private const int EnoughSamples = 16;

    private const double Opposite = -0.8;
    private const double Falls = 0.9;
    private const double Rises = 3;
    private const double RisesOfFew = 6;

    private readonly float[] _gradients;
    private readonly double[] _losses = new double[Window];
    private readonly double[] _cosines = new double[Window];
    private double _norm;
    private readonly double _chance;
    private double _first;
    private double _limit;
    private long _steps;

    /// <summary>Makes the check.</summary>
    /// <param name="parameters">The number of trainable parameters, padding included.</param>
    /// <param name="losses">The network's losses.</param>
    public OscillationCheck(int parameters, IEnumerable<LossDescription> losses)
    {
        _gradients = new float[parameters];
        _chance = losses.Sum(loss => loss.Weight * Chance(loss));
    }

    /// <summary>Takes a step. Nothing is allocated.</summary>
    /// <param name="gradients">Its gradients.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="samples">The samples that the loss is the mean of.</param>
    /// <returns>Whether the loss oscillates.</returns>
    public bool Add(ReadOnlySpan<float> gradients, double loss, int samples)
    {
        var place = (int)(_steps % Window);
        var norm = (double)TensorPrimitives.Norm(gradients);
        var product = norm * _norm;
        _cosines[place] = product > 0 ? TensorPrimitives.Dot(gradients, _gradients) / product : 0;
        _losses[place] = loss;
        _norm = norm;
        gradients.CopyTo(_gradients);
        if (_steps == 0)
            (_first, _limit) = (loss, Math.Max(loss * (samples < EnoughSamples ? RisesOfFew : Rises), _chance));
        _steps++;
        if (_steps < Window || _steps % Distance != 0)
            return false;
        var (older, newer) = (0.0, 0.0);
        for (var age = 0; age < Window; age++)
        {
            var value = _losses[(_steps + Window - 1 - age) % Window] / (Window / 2);
            if (age < Window / 2)
                newer += value;
            else
                older += value;
        }

        // Numbers that are not finite, where sums go beyond a double, compare with nothing.
        return (Mean(_cosines) < Opposite && newer >= Falls * older)
            || (newer + older) / 2 > _limit;
    }

    /// <summary>
    /// The loss of a network that knows nothing, if it follows from the kind of loss: a network that was trained before begins far below it, and there
    /// the losses of batches differ many times over.
    /// </summary>
    private static double Chance(LossDescription loss) => loss.Kind switch
    {
        LossKind.SoftmaxCrossEntropy => Math.Log(loss.OutputLength),
        LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits => Math.Log(2),
        LossKind.Hinge or LossKind.SquaredHinge or LossKind.MultiClassHinge => 1,
        _ => 0,
    };

    private static double Mean(double[] values) => TensorPrimitives.Sum<double>(values) / values.Length;

    /// <summary>The warning.</summary>
    public string Warning(float learningRate) => string.Create(
        CultureInfo.InvariantCulture,
        $"The loss goes up and down instead of falling: at the beginning it was {_first:G4}, in the last {Window} of " +
        $"{_steps} steps {Mean(_losses):G4}, at a learning rate of {learningRate:G4}. " +
        $"A lower learning rate (trainer.FindLearningRate suggests one), a warm-up or gradient clipping may help.");
}
