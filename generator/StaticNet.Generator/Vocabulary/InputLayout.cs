namespace StaticNet.Generator.Vocabulary;

/// <summary>In which order the user's spans hold the axes; the names are those of the enum <c>StaticNet.Layout</c>.</summary>
internal enum InputLayout
{
    ChannelsFirst,
    ChannelsLast,
}
