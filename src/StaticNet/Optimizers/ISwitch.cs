namespace StaticNet.Optimizers;

/// <summary>An option of an update rule as a type, so that each choice compiles to a loop without branches.</summary>
internal interface ISwitch
{
    /// <summary>Whether the option is taken.</summary>
    static abstract bool IsOn { get; }
}

/// <summary>The option is taken.</summary>
internal readonly struct On : ISwitch
{
    public static bool IsOn => true;
}

/// <summary>The option is not taken.</summary>
internal readonly struct Off : ISwitch
{
    public static bool IsOn => false;
}
