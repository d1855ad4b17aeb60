using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Writes the steps of a sequence of its own length at values that strides in time have left fewer of, or more.</summary>
internal static class SequenceLength
{
    /// <summary>The steps of a sequence at a value.</summary>
    /// <param name="arranged">The plan.</param>
    /// <param name="value">The value.</param>
    /// <param name="length">The expression of the steps that the sequence has at the network's input.</param>
    public static string At(Arranged arranged, Value value, string length)
    {
        var (given, made) = (arranged.InputSteps, value.Steps);
        return made == given ? length
            : given % made == 0 ? $"({length} / {Literal.Of(given / made)})"
            : made % given == 0 ? $"({length} * {Literal.Of(made / given)})"
            : $"(int)((long){length} * {Literal.Of(made)} / {Literal.Of(given)})";
    }
}
