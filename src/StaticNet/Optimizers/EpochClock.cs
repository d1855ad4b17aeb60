namespace StaticNet.Optimizers;

/// <summary>Which epoch an optimizer's steps belong to, for schedules in epochs.</summary>
/// <param name="Epoch">The number of epochs done before the present one.</param>
/// <param name="FirstStep">The number of steps done before the present epoch.</param>
/// <param name="Steps">The steps of the present epoch; 0 where none has begun.</param>
internal readonly record struct EpochClock(int Epoch, long FirstStep, long Steps)
{
    /// <summary>Where a step is, in epochs.</summary>
    /// <exception cref="InvalidOperationException">No epoch has begun, and it is not the first step.</exception>
    public double PositionOf(long step)
    {
        if (Steps > 0)
            return Math.Max(0, Epoch + ((double)(step - FirstStep) / Steps));
        return step == 0
            ? 0
            : throw new InvalidOperationException($"Expected a call of {nameof(Optimizer)}.{nameof(Optimizer.BeginEpoch)} before each epoch, since the schedule is one in epochs; there was none.");
    }
}
