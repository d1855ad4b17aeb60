using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>A register of a tile: where its lanes are in the row, relative to the tile's first lane.</summary>
/// <param name="Panel">The panel, relative to the tile's first.</param>
/// <param name="Lane">The first lane in the panel.</param>
/// <param name="IsPadding">Whether all its lanes are padding, so that it is zero without being computed.</param>
internal readonly record struct TileRegister(int Panel, int Lane, bool IsPadding)
{
    /// <summary>The first lane in the tile.</summary>
    public int Offset => (Panel * Lanes.Panel) + Lane;
}

/// <summary>Tiles of one width that follow each other: some panels each.</summary>
/// <param name="FirstPanel">The first panel of the first tile.</param>
/// <param name="Count">The number of tiles.</param>
/// <param name="Panels">The panels of each.</param>
/// <param name="Registers">The registers of each, for vectors of one width.</param>
internal sealed record TileRun(int FirstPanel, int Count, int Panels, IReadOnlyList<TileRegister> Registers)
{
    public IEnumerable<TileRegister> Computed => Registers.Where(register => !register.IsPadding);

    /// <summary>The first lane of the first tile.</summary>
    public int FirstLane => FirstPanel * Lanes.Panel;

    /// <summary>The panel after the last tile.</summary>
    private int EndPanel => FirstPanel + (Count * Panels);

    /// <summary>The lanes from tile to tile.</summary>
    public int Step => Panels * Lanes.Panel;

    /// <summary>The end of the last tile.</summary>
    public int EndLane => FirstLane + (Count * Step);

    /// <summary>
    /// Covers <paramref name="width"/> lanes with tiles of at most <paramref name="largest"/> panels. Sizes are equalised
    /// (5 = 3 + 2), and a last panel with registers of nothing but padding is a run of its own, so that no work is done there.
    /// </summary>
    public static IReadOnlyList<TileRun> Cover(int width, int largest, VectorSyntax v)
    {
        var panels = Lanes.Panels(width);
        var tiles = ((panels - 1) / largest) + 1;
        var (small, larger) = (panels / tiles, panels % tiles);

        // Only the last tile may have registers of padding.
        var runs = new List<TileRun>();
        void Add(int count, int size)
        {
            if (count == 0)
                return;
            var first = runs.Count == 0 ? 0 : runs[runs.Count - 1].EndPanel;
            var registers = RegistersOf(first, size, width, v);
            var last = runs.LastOrDefault();
            if (last is not null && last.Registers.SequenceEqual(registers))
                runs[runs.Count - 1] = last with { Count = last.Count + count };
            else
                runs.Add(new TileRun(first, count, size, registers));
        }

        Add(larger, small + 1);
        Add(tiles - larger - 1, small);
        Add(1, small);
        return runs;
    }

    private static TileRegister[] RegistersOf(int firstPanel, int panels, int width, VectorSyntax v) =>
        (from panel in Enumerable.Range(0, panels)
         from register in Enumerable.Range(0, v.PerPanel)
         let lane = register * v.Lanes
         select new TileRegister(panel, lane, ((firstPanel + panel) * Lanes.Panel) + lane >= width)).ToArray();
}
