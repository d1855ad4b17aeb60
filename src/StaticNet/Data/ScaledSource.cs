namespace StaticNet.Data;

/// <summary>A source whose inputs or targets are scaled as they are gathered.</summary>
internal sealed class ScaledSource : SourceWrapper
{
    private readonly Scaler? _inputs;
    private readonly Scaler? _targets;

    public ScaledSource(DataSource source, Scaler? inputs, Scaler? targets)
        : base(source)
    {
        if (inputs is null && targets is null)
            throw new ArgumentNullException(nameof(inputs));
        inputs?.RequireRow(source.InputLength);
        targets?.RequireRow(source.TargetLength);
        _inputs = inputs;
        _targets = targets;
    }

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        base.GatherInputs(samples, inputs);
        _inputs?.Apply(inputs);
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        base.GatherTargets(samples, targets);
        _targets?.Apply(targets);
    }
}
