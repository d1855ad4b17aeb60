namespace StaticNet;

/// <summary>
/// The base of pooling along the steps of a sequence: each step of the output is made of <see cref="Kernel"/> steps of the input, of which the last is
/// the last of as many steps as the <see cref="Stride"/>, feature by feature. Before the first step there are zeros. It needs a sequence,
/// <see cref="InputAttribute.Steps"/>. No parameters.
/// </summary>
/// <remarks>
/// With the default stride, windows follow each other, and nothing is read twice. In a stream, kernel − stride steps are kept in the
/// stream's state; it takes as many steps at a time as the stride.
/// </remarks>
public abstract class CausalPool1DAttribute : LayerAttribute
{
    private protected CausalPool1DAttribute(int kernel) => Kernel = kernel;

    /// <summary>The steps of a window.</summary>
    public int Kernel { get; }

    /// <summary>
    /// The steps of the input for each step of the output, 1 up to those of the window; the input has a multiple of as many steps. With 1, there are as
    /// many outputs as inputs. Default: 0, which means the window's.
    /// </summary>
    public int Stride { get; set; }
}
