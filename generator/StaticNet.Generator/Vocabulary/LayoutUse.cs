namespace StaticNet.Generator.Vocabulary;

/// <summary>In which order of axes an operation takes its inputs.</summary>
internal enum LayoutUse
{
    /// <summary>The logical one: its meaning depends on it.</summary>
    ChannelsFirst,

    /// <summary>The channels last.</summary>
    ChannelsLast,

    /// <summary>Any, but all inputs in the same.</summary>
    Any,

    /// <summary>It asks for what it needs itself.</summary>
    Own,

    /// <summary>The same, and a flattened value may come with its channels last.</summary>
    Flattened,
}
