namespace StaticNet;

/// <summary>
/// The base of pooling over whole channels. The input is [channel, length] or [channel, height, width], the output [channel].
/// </summary>
public abstract class GlobalPoolAttribute : LayerAttribute
{
    private protected GlobalPoolAttribute()
    {
    }

    /// <summary>Whether the pooled axes are kept, with the size 1: [channel, 1] or [channel, 1, 1]. Default: false.</summary>
    public bool KeepAxes { get; set; }
}
