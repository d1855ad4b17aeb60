namespace StaticNet;

/// <summary>The base of upsampling by whole factors: each spatial axis becomes its factor times as long.</summary>
/// <remarks>
/// Interpolation puts output i at the place (i + ½) / scale − ½ between the inputs, not below 0; or with
/// <see cref="AlignCorners"/> at i · (in − 1) / (out − 1), which keeps the ends where they are (place 0 where there is a single
/// output). Behind the last input comes the last input again.
/// </remarks>
public abstract class UpsamplingAttribute : LayerAttribute
{
    private protected UpsamplingAttribute(int scale) => Scale = scale;

    /// <summary>The factor of each spatial axis.</summary>
    public int Scale { get; }

    /// <summary>What stands between the inputs. Default: copies of the nearest.</summary>
    public Interpolation Mode { get; set; }

    /// <summary>
    /// With interpolation: whether the first and last elements of both stand at the same places. Default: false.
    /// </summary>
    public bool AlignCorners { get; set; }
}
