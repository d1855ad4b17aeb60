namespace StaticNet.Training;

/// <summary>
/// The base of what shows people how a training goes. A trainer with one among its callbacks does not show anything of its own accord; see
/// <see cref="TrainerOptions.Progress"/>.
/// </summary>
public abstract class ProgressDisplay : TrainingCallback
{
    /// <summary>Whether the standard output is a console that somebody looks at, and not a file, a pipe, or what runs tests.</summary>
    internal static bool IsConsole =>
        !(OperatingSystem.IsBrowser() || OperatingSystem.IsAndroid() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS()) && !Console.IsOutputRedirected;
}
