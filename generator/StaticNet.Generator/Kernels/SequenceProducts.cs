using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The products of a weight with one row of each of several sequences: a tile of sequences × gates × vectors of units stays in registers while
/// the row's elements run by.
/// </summary>
/// <param name="gates">The names of the gates, which registers are called after.</param>
/// <param name="stride">The lanes from gate to gate.</param>
/// <param name="depth">The elements of a row.</param>
/// <param name="weight">The weight, as panels with a row for each element.</param>
internal sealed class SequenceProducts(IReadOnlyList<string> gates, int stride, int depth, string weight)
{
    /// <summary>The most products of a vector that are written straight out for one sequence.</summary>
    private const int MostUnrolled = 96;

    /// <summary>The most tiles that are written out.</summary>
    private const int MostTiles = 2;

    /// <summary>The sequences of a tile: with one vector of each gate, as many sums as leave registers for the weight and the rows.</summary>
    public static int MostSequences(VectorSyntax v, int gates) => SumsOf(v) / Math.Max(gates, 2);

    /// <summary>Writes the products.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="sequences">The sequences side by side.</param>
    /// <param name="row">The reference of a sequence's row.</param>
    /// <param name="start">What a sum begins with: of a sequence and a gate, from a lane of the gate on.</param>
    /// <param name="finish">Writes what follows when a register has the whole sum of a sequence and a gate, from a lane of the gate on.</param>
    public void Write(CodeWriter writer, VectorSyntax v, int sequences, Func<int, string> row, Func<int, int, string, string> start, Action<int, int, string, string> finish)
    {
        var vectors = stride / v.Lanes;
        var largest = Math.Max(1, SumsOf(v) / (gates.Count * sequences));
        var tiles = ((vectors - 1) / largest) + 1;
        var each = ((vectors - 1) / tiles) + 1;
        var whole = vectors / each;
        if (tiles <= MostTiles)
        {
            for (var first = 0; first < vectors; first += each)
            {
                var (count, lane) = (Math.Min(each, vectors - first), first * v.Lanes);
                writer.Scoped(tiles > 1, () => WriteTile(writer, v, sequences, count, lane, row, start, finish));
            }

            return;
        }

        writer.Block($"for ({Types.NUInt} unit = 0; unit < {Literal.Of(whole * each * v.Lanes)}; unit += {Literal.Of(each * v.Lanes)})", () => WriteTile(writer, v, sequences, each, "unit", row, start, finish));
        if (whole * each < vectors)
            writer.Block("", () => WriteTile(writer, v, sequences, vectors - (whole * each), whole * each * v.Lanes, row, start, finish));
    }

    private void WriteTile(
        CodeWriter writer, VectorSyntax v, int sequences, int vectors, Affine lane, Func<int, string> row, Func<int, int, string, string> start, Action<int, int, string, string> finish)
    {
        var registers = (from gate in Enumerable.Range(0, gates.Count) from vector in Enumerable.Range(0, vectors) select (Gate: gate, Vector: vector)).ToArray();
        string Sum(int sequence, (int Gate, int Vector) register) =>
            $"{gates[register.Gate]}Sum{(sequences > 1 || vectors > 1 ? Literal.Of(sequence) : "")}{(vectors > 1 ? Literal.Of(register.Vector) : "")}";
        Affine LaneOf((int Gate, int Vector) register) => lane + (register.Vector * v.Lanes);

        foreach (var register in registers)
        {
            for (var sequence = 0; sequence < sequences; sequence++)
                writer.Line($"var {Sum(sequence, register)} = {start(sequence, register.Gate, LaneOf(register))};");
        }

        // Where the lanes of each register begin among the panels of the weight.
        var places = registers.Select(register =>
        {
            if (lane.IsNumber)
                return (Reference: weight, Place: PlaceOf((register.Gate * stride) + LaneOf(register).Number));
            var name = $"weight{(registers.Length == 1 ? "" : Literal.Of(register.Gate) + (vectors > 1 ? Literal.Of(register.Vector) : ""))}";
            var first = (register.Gate * stride) + (register.Vector * v.Lanes);
            writer.Line(first == 0 && v.Lanes * vectors % Lanes.Panel == 0
                ? $"ref var {name} = ref {Types.Unsafe}.Add(ref {weight}, unit * {depth});"
                : $"ref var {name} = ref {Types.Unsafe}.Add(ref {weight}, {LoopedPlace((Affine)"unit" + first)});");
            return (Reference: name, Place: 0);
        }).ToArray();

        void Step(Affine element, int ahead)
        {
            for (var sequence = 0; sequence < sequences; sequence++)
                writer.Set(sequences == 1 ? "x" : $"x{sequence}", v.Broadcast(VectorSyntax.At(row(sequence), element + ahead)));
            for (var r = 0; r < registers.Length; r++)
            {
                var load = v.Load(places[r].Reference, (element * Lanes.Panel) + (ahead * Lanes.Panel) + places[r].Place);
                if (sequences > 1)
                    writer.Set("w", load);
                for (var sequence = 0; sequence < sequences; sequence++)
                {
                    var sum = Sum(sequence, registers[r]);
                    writer.Line($"{sum} = {v.MultiplyAdd(sequences == 1 ? "x" : $"x{sequence}", sequences > 1 ? "w" : load, sum)};");
                }
            }
        }

        if (sequences == 1 && depth * gates.Count * (stride / v.Lanes) <= MostUnrolled)
        {
            for (var element = 0; element < depth; element++)
                Step(element, 0);
        }
        else
        {
            var unroll = depth % 2 == 0 ? 2 : 1;
            writer.Count(Types.NUInt, "k", 0, Literal.Of(depth), unroll, () =>
            {
                for (var ahead = 0; ahead < unroll; ahead++)
                    Step("k", ahead);
            });
        }

        foreach (var register in registers)
        {
            for (var sequence = 0; sequence < sequences; sequence++)
                finish(sequence, register.Gate, LaneOf(register), Sum(sequence, register));
        }
    }

    /// <summary>The sums that fit in the registers with a vector of the weight and an element of each row.</summary>
    private static int SumsOf(VectorSyntax v) => v.Bits == 512 ? 24 : 12;

    private int PlaceOf(int lane) => (lane / Lanes.Panel * Lanes.Panel * depth) + (lane % Lanes.Panel);

    private string LoopedPlace(Affine lane) => $"(({lane}) / {Lanes.Panel} * {Lanes.Panel * depth}) + (({lane}) % {Lanes.Panel})";
}
