using StaticNet.Data;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Insight;

/// <summary>Some samples of a source, evenly spread, at which a network is looked at.</summary>
internal sealed class Probe
{
    private Probe(DataSource data, int[] samples)
    {
        (Samples, InputLength, TargetLength, HasSampleWeights) = (samples, data.InputLength, data.TargetLength, data.HasSampleWeights);
        Inputs = new float[samples.Length * InputLength];
        Targets = new float[samples.Length * TargetLength];
        data.GatherInputs(samples, Inputs);
        data.GatherTargets(samples, Targets);
        Places = [.. samples.Select(data.PlaceOf)];
    }

    /// <summary>Their numbers in the source.</summary>
    public int[] Samples { get; }

    /// <summary>How the source names them.</summary>
    public string[] Places { get; }

    public int Count => Samples.Length;

    public int InputLength { get; }

    public int TargetLength { get; }

    public bool HasSampleWeights { get; }

    /// <summary>In the user's numbers.</summary>
    public float[] Inputs { get; }

    /// <summary>In the user's numbers.</summary>
    public float[] Targets { get; }

    /// <summary>Takes samples: all, or as many as are asked for.</summary>
    public static Probe Of(DataSource data, int most)
    {
        var count = Math.Min(data.Count, most);
        return new Probe(data, [.. Enumerable.Range(0, count).Select(index => (int)((long)index * data.Count / count))]);
    }

    public ReadOnlySpan<float> Input(int sample) => Inputs.AsSpan(sample * InputLength, InputLength);

    public ReadOnlySpan<float> Target(int sample) => Targets.AsSpan(sample * TargetLength, TargetLength);

    /// <summary>The inputs as the network gets them.</summary>
    public float[] ScaledInputs(Trainer trainer)
    {
        var inputs = (float[])Inputs.Clone();
        trainer.Weights.Scaling.Inputs?.Apply(inputs);
        return inputs;
    }

    /// <summary>What the network computes for them, in the user's numbers.</summary>
    public float[] Outputs(Trainer trainer)
    {
        var outputs = new float[Count * trainer.Description.OutputLength];
        trainer.Predict(Inputs, outputs);
        return outputs;
    }

    /// <summary>The loss that chooses among classes, if the network has it alone.</summary>
    public static ClassDecision? Classes(NetworkDescription description) =>
        description.Losses is [var loss] && loss.OutputOffset == 0 && loss.OutputLength == description.OutputLength && description.OutputSteps == 1
        && ClassDecision.Of(loss) is { IsBinary: false } decision ? decision : null;

    /// <summary>The loss over numbers, if the network has it alone.</summary>
    public static LossDescription? Numbers(NetworkDescription description) =>
        description.Losses is [var loss] && loss.OutputOffset == 0 && loss.OutputLength == description.OutputLength
        && loss.Kind is LossKind.MeanSquaredError or LossKind.HalfSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber ? loss : null;
}
