namespace StaticNet.Optimizers;

/// <summary>Which parameters are frozen, and how many steps each one has taken part in.</summary>
/// <remarks>
/// Optimizers that correct the bias of their averages need the number of steps that a parameter has had, which is not the
/// optimizer's where the parameter was frozen for some of them.
/// </remarks>
/// <param name="count">The number of parameters.</param>
internal sealed class ParameterProgress(int count)
{
    private const long Active = -1;

    private readonly long[] _frozenSince = Filled(count);
    private readonly long[] _missed = new long[count];

    /// <summary>Whether a parameter is frozen.</summary>
    public bool IsFrozen(int index) => _frozenSince[index] != Active;

    /// <summary>The steps that a parameter has missed before it was last frozen.</summary>
    public long Missed(int index) => _missed[index];

    /// <summary>The steps that a parameter has taken part in.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="steps">The optimizer's steps.</param>
    public long Steps(int index, long steps) => (IsFrozen(index) ? _frozenSince[index] : steps) - _missed[index];

    /// <summary>Freezes a parameter, if it is not frozen.</summary>
    public void Freeze(int index, long steps)
    {
        if (!IsFrozen(index))
            _frozenSince[index] = steps;
    }

    /// <summary>Unfreezes a parameter, if it is frozen.</summary>
    public void Unfreeze(int index, long steps)
    {
        if (!IsFrozen(index))
            return;
        _missed[index] += steps - _frozenSince[index];
        _frozenSince[index] = Active;
    }

    /// <summary>Sets what has been stored.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="steps">The optimizer's steps.</param>
    /// <param name="own">The steps that the parameter has taken part in.</param>
    /// <param name="frozen">Whether it is frozen.</param>
    public void Restore(int index, long steps, long own, bool frozen)
    {
        _missed[index] = steps - own;
        _frozenSince[index] = frozen ? steps : Active;
    }

    private static long[] Filled(int count)
    {
        var values = new long[count];
        Array.Fill(values, Active);
        return values;
    }
}
