namespace StaticNet.Training;

/// <summary>
/// The base of callbacks that show people the progress of a run. A trainer with one of them does not show anything itself; see
/// <see cref="TrainerOptions.Progress"/>.
/// </summary>
public abstract class ProgressDisplay : TrainingCallback
{
    /// <summary>Whether the standard output is a console that somebody looks at, and not a file, a pipe, or what runs tests.</summary>
    internal static bool IsConsole =>
        !(OperatingSystem.IsBrowser() || OperatingSystem.IsAndroid() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS()) && !Console.IsOutputRedirected;
}
