using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The products of weights with one row of each of several sequences: a tile of sequences × gates × vectors of units stays in registers while the
/// rows' elements run by.
/// </summary>
/// <param name="gates">The gates that are summed together.</param>
/// <param name="stride">The lanes from gate to gate.</param>
/// <param name="factors">What is multiplied with which weight.</param>
/// <param name="divides">Whether the sums of one sequence alone are divided into partial ones, so that none waits for the last.</param>
internal sealed class SequenceProducts(IReadOnlyList<SummedGate> gates, int stride, IReadOnlyList<RowFactor> factors, bool divides = false)
{
    private IReadOnlyList<SummedGate> Gates { get; } = gates;

    private IReadOnlyList<RowFactor> Factors { get; } = factors;

    private bool Divides { get; } = divides;

    /// <summary>The most products of a vector that are written straight out for one sequence, unless the layer says otherwise.</summary>
    private const int MostUnrolledByDefault = 96;

    /// <summary>Whether the products of one sequence are straight-line.</summary>
    public Unrolling Unrolling { get; init; }

    /// <summary>Whether there are loops before them, whose names C# keeps from what is around them.</summary>
    public bool FollowsLoops { get; init; }

    /// <summary>Whether the products of one sequence, all factors of all gates in so many vectors, are few enough to be straight-line.</summary>
    private bool IsUnrolled(int vectors) => Gates.Sum(gate => gate.Takes.Sum(factor => (long)factor.Depth)) * vectors <= Unrolling switch
    {
        Unrolling.Never => 0,
        Unrolling.Always => UnrollingPolicy.MostProductsOfMethod,
        _ => MostUnrolledByDefault,
    };

    /// <summary>The most tiles that are written out.</summary>
    private const int MostTiles = 2;

    /// <summary>The most partial sums.</summary>
    private const int MostPartials = 4;

    /// <summary>An FMA takes four cycles and two start in each: with fewer sums the units wait.</summary>
    private const int IndependentSums = 8;

    /// <summary>The sequences of a tile: with one vector of each gate, as many sums as leave registers for the weight and the rows.</summary>
    public static int MostSequences(VectorSyntax v, int gates) => SumsOf(v) / Math.Max(gates, 2);

    /// <summary>Writes the products.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="sequences">The sequences side by side.</param>
    /// <param name="start">What a sum begins with: of a sequence and a gate, from a lane of the gate on.</param>
    /// <param name="finish">Writes what follows when a register has the whole sum of a sequence and a gate, from a lane of the gate on.</param>
    public void Write(CodeWriter writer, VectorSyntax v, int sequences, Func<int, SummedGate, Affine, string> start, Action<int, SummedGate, Affine, string> finish)
    {
        var vectors = stride / v.Lanes;
        var largest = Math.Max(1, SumsOf(v) / (Gates.Count * sequences));
        var tiles = ((vectors - 1) / largest) + 1;
        var each = ((vectors - 1) / tiles) + 1;
        var whole = vectors / each;
        if (tiles <= MostTiles)
        {
            for (var first = 0; first < vectors; first += each)
            {
                var (count, lane) = (Math.Min(each, vectors - first), first * v.Lanes);
                writer.Scoped(tiles > 1, () => new Tile(this, writer, v, sequences, count, lane).Write(start, finish));
            }

            return;
        }

        writer.Block($"for ({Types.NUInt} unit = 0; unit < {Literal.Of(whole * each * v.Lanes)}; unit += {Literal.Of(each * v.Lanes)})", () =>
            new Tile(this, writer, v, sequences, each, "unit").Write(start, finish));
        if (whole * each < vectors)
            writer.Block("", () => new Tile(this, writer, v, sequences, vectors - (whole * each), whole * each * v.Lanes).Write(start, finish));
    }

    /// <summary>The sums that fit in the registers with a vector of the weight and an element of each row.</summary>
    private static int SumsOf(VectorSyntax v) => v.Bits == 512 ? 24 : 12;

    /// <summary>A tile of sequences × gates × vectors.</summary>
    private sealed class Tile
    {
        private readonly SequenceProducts _products;
        private readonly CodeWriter _writer;
        private readonly VectorSyntax _v;
        private readonly int _sequences;
        private readonly int _vectors;
        private readonly Affine _lane;
        private readonly int _partials;
        private readonly (SummedGate Gate, int Vector)[] _registers;
        private bool _followsLoops;

        public Tile(SequenceProducts products, CodeWriter writer, VectorSyntax v, int sequences, int vectors, Affine lane)
        {
            (_products, _writer, _v, _sequences, _vectors, _lane) = (products, writer, v, sequences, vectors, lane);
            _followsLoops = products.FollowsLoops;
            _registers = [.. from gate in products.Gates from vector in Enumerable.Range(0, vectors) select (gate, vector)];
            // One sequence alone has few sums; several have enough, and each has the same bits as alone only if none is divided.
            _partials = 1;
            while (sequences == 1 && products.Divides && _partials < MostPartials && _partials * _registers.Length < IndependentSums)
                _partials *= 2;
        }

        public void Write(Func<int, SummedGate, Affine, string> start, Action<int, SummedGate, Affine, string> finish)
        {
            foreach (var register in _registers)
            {
                for (var sequence = 0; sequence < _sequences; sequence++)
                {
                    for (var part = 0; part < _partials; part++)
                        _writer.Line($"var {Sum(sequence, register, part)} = {(part == 0 ? start(sequence, register.Gate, LaneOf(register)) : _v.Zero)};");
                }
            }

            foreach (var factor in _products.Factors)
                WriteFactor(factor);

            foreach (var register in _registers)
            {
                for (var sequence = 0; sequence < _sequences; sequence++)
                    finish(sequence, register.Gate, LaneOf(register), Total(sequence, register));
            }
        }

        private Affine LaneOf((SummedGate Gate, int Vector) register) => _lane + (register.Vector * _v.Lanes);

        private string Sum(int sequence, (SummedGate Gate, int Vector) register, int part) =>
            $"{register.Gate.Name}Sum{(_sequences > 1 ? Literal.Of(sequence) : "")}{(_vectors > 1 ? Literal.Of(register.Vector) : "")}{(_partials > 1 ? "abcd".Substring(part, 1) : "")}";

        private string Total(int sequence, (SummedGate Gate, int Vector) register)
        {
            var parts = Enumerable.Range(0, _partials).Select(part => Sum(sequence, register, part)).ToArray();
            return _partials switch
            {
                1 => parts[0],
                2 => $"{parts[0]} + {parts[1]}",
                _ => $"({parts[0]} + {parts[1]}) + ({parts[2]} + {parts[3]})",
            };
        }

        private void WriteFactor(RowFactor factor)
        {
            var registers = _registers.Where(register => register.Gate.Takes.Contains(factor)).ToArray();
            if (registers.Length == 0)
                return;

            // Where the lanes of each register begin among the panels of the weight.
            var places = registers.Select(register =>
            {
                var first = register.Gate.FirstLane - factor.LanesBefore + (register.Vector * _v.Lanes);
                if (_lane.IsNumber)
                    return (Reference: factor.Weight, Place: PlaceOf(first + _lane.Number, factor));
                var ending = $"Of{char.ToUpperInvariant(register.Gate.Name[0])}{register.Gate.Name.Substring(1)}{(_vectors > 1 ? Literal.Of(register.Vector) : "")}";
                var name = factor.Weight[0] == Hole.Begin ? Hole.Of(factor.Weight, ending) : factor.Weight + ending;
                var lane = _lane + first;
                _writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {factor.Weight}, (({lane}) / {Lanes.Panel} * {Lanes.Panel * factor.Depth}) + (({lane}) % {Lanes.Panel}));");
                return (Reference: name, Place: 0);
            }).ToArray();

            void Step(Affine element, int ahead, int part)
            {
                for (var sequence = 0; sequence < _sequences; sequence++)
                    _writer.Set(_sequences == 1 ? "x" : $"x{sequence}", _v.Broadcast(VectorSyntax.At(factor.Row(sequence), element + ahead)));
                for (var r = 0; r < registers.Length; r++)
                {
                    var load = _v.Load(places[r].Reference, (element * Lanes.Panel) + (ahead * Lanes.Panel) + places[r].Place);
                    if (_sequences > 1)
                        _writer.Set("w", load);
                    for (var sequence = 0; sequence < _sequences; sequence++)
                    {
                        var sum = Sum(sequence, registers[r], part);
                        _writer.Line($"{sum} = {_v.MultiplyAdd(_sequences == 1 ? "x" : $"x{sequence}", _sequences > 1 ? "w" : load, sum)};");
                    }
                }
            }

            var isUnrolled = factor.Depth == 1 || (_sequences == 1 && _products.IsUnrolled(_vectors));
            var unroll = _partials > 1 ? _partials : factor.Depth % 2 == 0 ? 2 : 1;
            var looped = isUnrolled ? 0 : factor.Depth / unroll * unroll;
            if (looped > 0)
            {
                _writer.Count(Types.NUInt, "k", 0, Literal.Of(looped), unroll, () =>
                {
                    for (var ahead = 0; ahead < unroll; ahead++)
                        Step("k", ahead, ahead % _partials);
                });
            }

            // The loop has names of its own, which C# keeps from what is around it.
            _followsLoops |= looped > 0;
            _writer.Scoped(_followsLoops && looped < factor.Depth, () =>
            {
                for (var element = looped; element < factor.Depth; element++)
                    Step(element, 0, element % _partials);
            });
        }

        private static int PlaceOf(int lane, RowFactor factor) => (lane / Lanes.Panel * Lanes.Panel * factor.Depth) + (lane % Lanes.Panel);
    }
}
