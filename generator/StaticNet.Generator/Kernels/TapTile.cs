namespace StaticNet.Generator.Kernels;

/// <summary>A tile of pixels and channels.</summary>
/// <param name="Registers">The registers of a pixel.</param>
/// <param name="Rows">How the windows' rows lie.</param>
/// <param name="Columns">How their columns lie.</param>
/// <param name="Pixels">The pixels, and which taps they have.</param>
/// <param name="Column">The expression of the first pixel's column.</param>
/// <param name="Lane">The expression of the first channel.</param>
/// <param name="Channels">The inputs that the channels see.</param>
internal sealed record TapTile(TileRegister[] Registers, TapAxis Rows, TapAxis Columns, PixelTile Pixels, string Column, string Lane, ChannelRange Channels);
