namespace StaticNet.Generator.Kernels;

/// <summary>Panels of outputs that are computed together.</summary>
/// <param name="Run">The tiles of which it is one.</param>
/// <param name="Lane">The expression of the first output.</param>
/// <param name="Channels">The inputs that the outputs see.</param>
internal readonly record struct PanelTile(TileRun Run, string Lane, ChannelRange Channels);
