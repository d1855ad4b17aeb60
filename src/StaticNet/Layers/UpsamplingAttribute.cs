namespace StaticNet;

/// <summary>The base of upsampling by whole factors: each spatial axis becomes its factor times as long.</summary>
/// <remarks>
/// Output i is interpolated at the position (i + ½) / scale − ½ of the input, but not below 0; or, with
/// <see cref="AlignCorners"/>, at i · (in − 1) / (out − 1), which keeps the ends in place (position 0 if there is a single
/// output). After the last input, the last input is repeated.
/// </remarks>
public abstract class UpsamplingAttribute : LayerAttribute
{
    private protected UpsamplingAttribute(int scale) => Scale = scale;

    /// <summary>The factor of each spatial axis.</summary>
    public int Scale { get; }

    /// <summary>What is inserted between the inputs. Default: copies of the nearest.</summary>
    public Interpolation Mode { get; set; }

    /// <summary>
    /// With interpolation: whether the first and last elements of input and output have the same positions. Default: false.
    /// </summary>
    public bool AlignCorners { get; set; }
}
