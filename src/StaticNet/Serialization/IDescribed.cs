namespace StaticNet.Serialization;

/// <summary>
/// Describes its settings. A checkpoint stores them, so that resuming a run with other settings is refused, with a message that
/// names them.
/// </summary>
public interface IDescribed
{
    /// <summary>Adds each setting that its results depend on, under its own name, but not what changes during training.</summary>
    /// <param name="settings">Where the figures go; the name of the class is there already.</param>
    void Describe(SettingList settings);
}
