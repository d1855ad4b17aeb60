using StaticNet.Generator.Planning;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Where the elements of a convolution's input are: the floats from pixel to pixel, row to row, channel to channel.</summary>
/// <param name="IsPlanar">Whether each channel is a plane of its own.</param>
/// <param name="Pixel">From pixel to pixel of a row.</param>
/// <param name="Row">From row to row.</param>
/// <param name="Channel">From channel to channel.</param>
internal readonly record struct InputPlace(bool IsPlanar, int Pixel, int Row, int Channel)
{
    public static InputPlace Of(TensorType type, RowLayout layout)
    {
        var pixels = type.Pixels;
        var width = pixels[pixels.Count - 1];
        return type.IsChannelsLast
            ? new InputPlace(false, layout.Stride, width * layout.Stride, 1)
            : new InputPlace(true, 1, layout.Stride, layout.Rows / type.Channels * layout.Stride);
    }
}
