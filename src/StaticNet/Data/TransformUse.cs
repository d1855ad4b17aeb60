using System.Runtime.CompilerServices;

namespace StaticNet.Data;

/// <summary>Which loader a transform is prepared for: its memory is that of one, so another one that uses it prepares it again.</summary>
internal sealed class TransformUse
{
    private static readonly ConditionalWeakTable<IBatchTransform, TransformUse> Uses = [];

    private readonly Lock _gate = new();
    private BatchLoader? _loader;

    /// <summary>The use of a transform, whichever loader asks.</summary>
    public static TransformUse Of(IBatchTransform transform) => Uses.GetValue(transform, static _ => new TransformUse());

    /// <summary>Prepares the transform for a loader, unless it is, and applies it; one batch after the other.</summary>
    public void Apply(IBatchTransform transform, BatchLoader loader, BatchBuffer buffer, int count, ulong firstSample)
    {
        lock (_gate)
        {
            Prepare(transform, loader, buffer.InputLength, buffer.TargetLength);
            transform.Apply(buffer.Inputs, buffer.Targets, buffer.SampleWeights, count, firstSample);
        }
    }

    /// <summary>Prepares the transform for a loader, unless it is.</summary>
    public void Prepare(IBatchTransform transform, BatchLoader loader, int inputLength, int targetLength)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_loader, loader))
                return;
            _loader = null;
            transform.Prepare(loader.BatchSize, inputLength, targetLength);
            _loader = loader;
        }
    }
}
