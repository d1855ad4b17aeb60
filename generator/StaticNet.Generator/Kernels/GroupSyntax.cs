using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>How the loops over a group's channels are written: by vectors where they fill some, else one by one.</summary>
internal sealed class GroupSyntax(CodeWriter writer, VectorSyntax v, int size, int stride)
{
    private readonly bool _isVector = size % v.Lanes == 0;

    public string Zero => _isVector ? v.Zero : "0f";

    public string Broadcast(string scalar) => _isVector ? v.Broadcast(scalar) : scalar;

    public string Sum(string name) => _isVector ? $"{v.Type}.Sum({name})" : name;

    public string Load(string reference, int row) => _isVector ? v.Load(reference, Place(row)) : $"{Types.Unsafe}.Add(ref {reference}, {Place(row)})";

    public string Store(string value, string reference, int row) => _isVector ? v.Store(value, reference, Place(row)) : $"{Load(reference, row)} = {value};";

    public void WriteChannels(Action body) => writer.Block($"for ({Types.NUInt} channel = first; channel < first + {size}; channel{(_isVector ? $" += {v.Lanes}" : "++")})", body);

    private string Place(int row) => Arithmetic.Sum("channel", Literal.Of(row * stride));
}
