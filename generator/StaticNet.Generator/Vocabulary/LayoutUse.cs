namespace StaticNet.Generator.Vocabulary;

/// <summary>In which order of axes a layer takes its inputs.</summary>
internal enum LayoutUse
{
    /// <summary>The logical one: the layer's meaning depends on it.</summary>
    ChannelsFirst,

    /// <summary>Any, but all inputs in the same.</summary>
    Any,

    /// <summary>The layer asks for what it needs itself.</summary>
    Own,

    /// <summary>The same, and a flattened value may come with its channels last.</summary>
    Flattened,
}
