namespace StaticNet.Generator.Vocabulary;

/// <summary>What an axis means.</summary>
internal enum Axis
{
    Feature,
    Channel,
    Length,
    Height,
    Width,
}
