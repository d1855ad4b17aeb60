using System.Reflection;
using StaticNet.Numerics;
using StaticNet.Training;

namespace StaticNet.Tests.Numerics;

/// <summary>What generated code calls is public, and touches nothing but the spans that it is given, whoever calls it.</summary>
public class CheckedMemoryTests
{
    /// <summary>Calls with the floats that source and target need at least.</summary>
    private static readonly Dictionary<string, (int Source, int Target, Call Run)> Calls = new()
    {
        // Two pieces, 20 floats apart, of three rows, 5 apart, of 4: 20 + 2 · 5 + 4. In the target 3 of 6, padded: 30 + 2 · 8 + 6.
        ["Copy"] = (34, 52, (source, target) => RowCopy.Copy(source, 20, 5, target, 30, 8, 4, 6, 3, 2)),
        ["Rearrange"] = (2 * 3 * 16, 2 * 1 * 16, (source, target) => RowCopy.Rearrange(source, 3, 4, 16, target, 1, 12, 16, 2)),
        // The last row reads 2 elements and writes 16.
        ["Repeat"] = ((2 * 16) + 2, 3 * 16, (source, target) => RowCopy.Repeat(source, 16, target, 6, 16, 3, 3)),
        ["SumRepetitions"] = ((2 * 16) + 12, 3 * 16, (source, target) => RowCopy.SumRepetitions(source, 16, target, 4, 16, 3, 3)),
        // [2, 3, 4] as [3, 2, 4], in rows of 8.
        ["Permute"] = (2 * 24, 2 * 48, (source, target) => RowCopy.Permute(source, 24, 4, 12, 1, target, 48, 16, 8, 3, 2, 4, 8, 2)),
        // [9, 10] as panels by columns, and back: one panel each, the second panel of rows is not there.
        ["Transpose"] = (16 * 9, 16 * 10, (source, target) => Panels.Transpose(source, target, 9, 10, 0, 1)),
        ["Transpose, the first of two panels"] = (16 * 20, 16 * 10, (source, target) => Panels.Transpose(source, target, 20, 10, 0, 1)),
        ["TransposeTaps"] = (16 * 9 * 20, 2 * 16 * 9 * 7, (source, target) => Panels.TransposeTaps(source, target, 20, 7, 9, 0, 2)),
        ["KeepConnected"] = (0, 2 * 3 * 9 * 16, (_, target) => Panels.KeepConnected(target, new ushort[6], 3, 9, 0, 9)),
        ["Nearest"] = (2 * 3 * 4 * 16, 2 * 6 * 12 * 16, (source, target) => Resampling.Nearest(source, target, 3, 4, 16, 2, 3, 2)),
        ["NearestGradient"] = (2 * 6 * 12 * 16, 2 * 3 * 4 * 16, (source, target) => Resampling.NearestGradient(source, target, 3, 4, 16, 2, 3, 2)),
        ["Linear"] = (2 * 3 * 4 * 16, 2 * 6 * 12 * 16, (source, target) => Resampling.Linear(source, target, 3, 4, 16, 2, 3, false, 2)),
        // Seven places and the first three again, of four floats; a block of three from place 6 on goes over the seam.
        ["Repeat a ring's seam"] = (0, 10 * 4, (_, target) => StreamRing.Repeat(target, 7, 3, 4, 6, 3)),
        ["LinearGradient"] = (2 * 6 * 12 * 16, 2 * 3 * 4 * 16, (source, target) => Resampling.LinearGradient(source, target, 3, 4, 16, 2, 3, true, 2)),
    };

    private static readonly Action<int>[] AbsurdCalls =
    [
        number => RowCopy.Copy(new float[9], number, number, new float[9], number, number, 1, 1, 2, 2),
        number => RowCopy.Copy(new float[9], 0, 0, new float[9], 0, 0, number, number, 1, 1),
        number => RowCopy.Copy(new float[9], number, 1, new float[9], number, 1, 1, 1, number, number),
        number => RowCopy.Rearrange(new float[9], number, 1, number, new float[9], 1, number, number, number),
        number => RowCopy.Rearrange(new float[9], number, number, number, new float[9], number, number, number, 2),
        number => RowCopy.Repeat(new float[9], number, new float[9], 4, number, 2, 2),
        number => RowCopy.Repeat(new float[9], 1, new float[9], 4, 4, number, number),
        number => RowCopy.SumRepetitions(new float[9], 1, new float[9], 4, 4, number, 2),
        number => RowCopy.SumRepetitions(new float[9], number, new float[9], number, number, number, number),
        number => RowCopy.Permute(new float[9], 1, number, 1, 1, new float[9], 1, 1, 1, 2, 1, 1, 1, 1),
        number => RowCopy.Permute(new float[9], number, number, number, number, new float[9], number, number, number, number, number, number, number, number),
        number => RowCopy.Permute(new float[9], 1, 1, 1, 1, new float[9], 1, 1, 1, 1, 1, 1, number, 1),
        number => StreamRing.Repeat(new float[9], number, 1, 1, 0, 1),
        number => StreamRing.Repeat(new float[9], 4, number, 1, 0, number),
        number => StreamRing.Repeat(new float[9], 4, 2, number, 1, 2),
        number => StreamRing.Repeat(new float[9], 4, 2, 1, number, 1),
        number => StreamRing.Repeat(new float[9], 4, 2, 1, 3, number),
        number => Panels.Transpose(new float[16], new float[16], number, 1, 0, 1),
        number => Panels.Transpose(new float[16], new float[16], 1, number, 0, 1),
        number => Panels.Transpose(new float[16], new float[16], 1, 1, Math.Min(number, 0), Math.Max(number, 1)),
        number => Panels.TransposeTaps(new float[16], new float[16], 1, 1, number, 0, 1),
        number => Panels.TransposeTaps(new float[16], new float[16], number, number, number, 0, 1),
        number => Panels.KeepConnected(new float[16], new ushort[1], number, 1, 0, 1),
        number => Panels.KeepConnected(new float[16], new ushort[1], 1, number, 0, 1),
        number => Panels.KeepConnected(new float[16], new ushort[1], 1, 1, Math.Min(number, 0), Math.Max(number, 1)),
        number => Resampling.Nearest(new float[16], new float[64], number, 1, 16, 2, 2, 1),
        number => Resampling.Nearest(new float[16], new float[64], 1, 1, 16, number, number, 1),
        number => Resampling.NearestGradient(new float[64], new float[16], 1, 1, number, 2, 2, 1),
        number => Resampling.Linear(new float[16], new float[64], number, number, number, number, number, true, number),
        number => Resampling.LinearGradient(new float[64], new float[16], 1, number, 16, 2, 2, false, 1),
    ];

    private delegate void Call(ReadOnlySpan<float> source, Span<float> target);

    public static TheoryData<string> Names => [.. Calls.Keys];

    public static TheoryData<int, int> Absurd
    {
        get
        {
            var cases = new TheoryData<int, int>();
            for (var call = 0; call < AbsurdCalls.Length; call++)
            {
                foreach (var number in new[] { int.MinValue, -16, int.MaxValue, int.MaxValue - 15, 1 << 28 })
                    cases.Add(call, number);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Spans_of_what_is_touched_are_enough(string name)
    {
        var (source, target, run) = Calls[name];
        // What lies behind the target is not touched.
        var memory = Enumerable.Repeat(7f, target + 64).ToArray();
        run(new float[source], memory.AsSpan(0, target));
        Assert.All(memory[target..], value => Assert.Equal(7, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_target_that_is_too_short_is_refused_before_anything_is_written(string name)
    {
        var (source, target, run) = Calls[name];
        foreach (var length in new[] { 0, 1, target / 2, target - 1 })
        {
            var memory = Enumerable.Repeat(7f, target + 64).ToArray();
            var e = Assert.Throws<ArgumentException>(() => run(new float[source], memory.AsSpan(0, length)));
            Assert.Contains($"has {length} floats; the sizes and strides of the call need {target}.", e.Message, StringComparison.Ordinal);
            Assert.All(memory, value => Assert.Equal(7, value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_source_that_is_too_short_is_refused(string name)
    {
        var (source, target, run) = Calls[name];
        foreach (var length in new[] { 0, 1, source / 2, source - 1 }.Where(length => length >= 0 && length < source))
        {
            var e = Assert.Throws<ArgumentException>(() => run(new float[source].AsSpan(0, length), new float[target]));
            Assert.Contains($"has {length} floats; the sizes and strides of the call need {source}.", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Absurd))]
    public void Sizes_and_strides_that_nobody_means_are_refused(int call, int number) =>
        Assert.ThrowsAny<ArgumentException>(() => AbsurdCalls[call](number));

    [Fact]
    public void Of_no_panels_nothing_is_touched()
    {
        // Whoever shares out work may have none for somebody.
        Panels.Transpose([], [], 40, 40, 3, 3);
        Panels.Transpose([], [], 40, 40, 0, -2);
        Panels.TransposeTaps([], [], 40, 40, 9, 7, 3);
        Panels.KeepConnected([], [], 40, 9, 4, 4);
    }

    [Fact]
    public void No_public_member_takes_memory_without_its_length()
    {
        Assembly[] libraries = [typeof(NetworkWeights).Assembly, typeof(Trainer<>).Assembly];
        var found =
            from library in libraries
            from type in library.GetExportedTypes()
                // The compiler gives delegates a constructor that nobody can call.
            where !type.IsSubclassOf(typeof(Delegate))
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let method = member as MethodBase
            where method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true }
            from parameter in method.GetParameters()
            where !parameter.IsOut && IsBare(parameter.ParameterType)
            select $"{type.FullName}.{member.Name}({parameter.ParameterType} {parameter.Name})";

        Assert.Empty(found);
    }

    /// <summary>Whether something says where numbers begin and not where they end: a pointer, or a reference to one of them.</summary>
    private static bool IsBare(Type type) =>
        type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint) ||
        (type.IsByRef && (type.GetElementType()!.IsPrimitive || type.GetElementType()!.IsPointer));
}
