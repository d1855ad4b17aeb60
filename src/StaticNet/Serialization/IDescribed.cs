namespace StaticNet.Serialization;

/// <summary>
/// Tells the figures that it was made with. A checkpoint stores them, so that a run that is resumed with others is refused
/// and told which.
/// </summary>
public interface IDescribed
{
    /// <summary>Adds each figure that its results depend on, under a name of its own. What changes in training is not among them.</summary>
    /// <param name="settings">Where the figures go; the name of the class is there already.</param>
    void Describe(SettingList settings);
}
