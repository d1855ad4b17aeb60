using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Writes how a block of steps goes into a ring of a stream's state.</summary>
internal static class RingSyntax
{
    /// <summary>Writes the block behind the steps before it; <c>now</c> is the place of its first step.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="ring">The ring's name.</param>
    /// <param name="places">Its places.</param>
    /// <param name="source">The reference of the block's rows.</param>
    /// <param name="stride">The floats of a step, whole vectors.</param>
    public static void Write(CodeWriter writer, VectorSyntax v, string ring, StateRing places, string source, int stride)
    {
        writer.Line($"var now = (int)((ulong)position % {places.Places});");
        writer.Line($"ref var written = ref {Types.Unsafe}.Add(ref {ring}, {Arithmetic.Product("now", stride)});");
        writer.Block($"for ({Types.NUInt} i = 0; i < ({Types.NUInt})({Arithmetic.Product("steps", stride)}); i += {v.Lanes})", () => writer.Line(v.Store(v.Load(source, "i"), "written", "i")));
        writer.Block("if (steps == 1)", () => writer.Block($"if (now < {places.Repeated})", () =>
            writer.Block($"for ({Types.NUInt} i = 0; i < {stride}; i += {v.Lanes})", () => writer.Line(v.Store(v.Load(source, "i"), "written", $"i + {places.Places * stride}")))));
        writer.Block($"else if (now < {places.Repeated} || now > {places.Places} - steps)", () =>
            writer.Line($"{Types.StreamRing}.Repeat({SpanSyntax.Write(ring, Literal.Of(places.Rows * stride))}, {places.Places}, {places.Repeated}, {stride}, now, steps);"));
    }
}
