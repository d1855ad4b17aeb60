using System.Collections.Immutable;
using System.ComponentModel;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>
/// What is kept from step to step of one stream. Made by <see cref="IStreamingNetwork{TSelf}.CreateState"/>; it belongs to a
/// network's class, not to one of its instances.
/// </summary>
/// <remarks>A state is for one thread at a time.</remarks>
public sealed class StreamState
{
    private readonly AlignedBuffer _values;

    /// <summary>Makes the state of a new stream. For generated code.</summary>
    /// <param name="table">What is kept from step to step.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StreamState(StateTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table = table;
        _values = new AlignedBuffer(table.Length);
    }

    /// <summary>What it holds.</summary>
    public StateTable Table { get; }

    /// <summary>The steps since it was made, reset or loaded.</summary>
    public long Position { get; private set; }

    /// <summary>The first float. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref _values.Reference;

    /// <summary>Begins a new stream: all zeros.</summary>
    public void Reset()
    {
        _values.Span.Clear();
        Position = 0;
    }

    /// <summary>Copies another state of the same class of networks. Allocates nothing.</summary>
    /// <param name="other">The state.</param>
    /// <exception cref="ArgumentException">It belongs to another network.</exception>
    public void CopyFrom(StreamState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(other.Table, Table))
            throw new ArgumentException($"Expected a state of the same network; that one keeps {Describe(other.Table)}, this one {Describe(Table)}.", nameof(other));
        other._values.Span.CopyTo(_values.Span);
        Position = other.Position;
    }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public StreamState Clone()
    {
        var copy = new StreamState(Table);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Advances by a block of steps. For generated code.</summary>
    /// <param name="steps">The steps.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Advance(int steps) => Position += steps;

    /// <summary>Copies one of the things that are kept, such as the hidden state of a recurrent layer, <c>gru1.hidden</c>. Allocates nothing.</summary>
    /// <param name="name">Its name, as <see cref="StateTable.States"/> has it.</param>
    /// <param name="values">Where it goes: [steps, shape in memory], the oldest step first.</param>
    /// <exception cref="ArgumentException">There is none of that name, the message lists those that there are; or the span has another length.</exception>
    public void Read(string name, Span<float> values)
    {
        var info = Find(name, values.Length, nameof(values));
        for (var step = 0; step < info.Steps; step++)
            RowCopy.Copy(ValueOf(info, step), 0, info.RowStride, values.Slice(step * info.Length, info.Length), 0, info.RowLength, info.RowLength, info.RowLength, info.Rows, 1);
    }

    /// <summary>
    /// Replaces one of the things that are kept: a recurrent layer goes on from a state that the program gives it. Allocates nothing.
    /// </summary>
    /// <param name="name">Its name, as <see cref="StateTable.States"/> has it.</param>
    /// <param name="values">Its numbers: [steps, shape in memory], the oldest step first.</param>
    /// <exception cref="ArgumentException">There is none of that name, the message lists those that there are; or the span has another length.</exception>
    public void Write(string name, ReadOnlySpan<float> values)
    {
        var info = Find(name, values.Length, nameof(values));
        for (var step = 0; step < info.Steps; step++)
            RowCopy.Copy(values.Slice(step * info.Length, info.Length), 0, info.RowLength, ValueOf(info, step), 0, info.RowStride, info.RowLength, info.RowStride, info.Rows, 1);
        var ring = _values.Span.Slice(info.Offset, (info.Places + info.Repeated) * info.Stride);
        ring[..(info.Repeated * info.Stride)].CopyTo(ring[(info.Places * info.Stride)..]);
    }

    /// <summary>Copies what each layer keeps, by the layer's name: [steps, shape in memory], the oldest first.</summary>
    /// <returns>One tensor per layer that keeps something.</returns>
    public StateDict ToStateDict()
    {
        var state = new StateDict();
        foreach (var info in Table.States)
        {
            var values = new float[info.Steps * info.Length];
            Read(info.Name, values);
            state.Add(info.Name, [info.Steps, .. info.Shape], values);
        }

        return state;
    }

    /// <summary>Loads what <see cref="ToStateDict"/> has returned: all of it or, on an error, nothing. The steps are counted from
    /// there.</summary>
    /// <param name="state">One tensor per layer that keeps something.</param>
    /// <exception cref="ArgumentException">Tensors are missing or unexpected, or have another shape; the message names them all.</exception>
    public void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        StateDictProblems.Find(Table.States.Select(info => (info.Name, (ImmutableArray<int>)[info.Steps, .. info.Shape])), state).ThrowIfAny(strict: true, "the stream");
        Reset();
        foreach (var info in Table.States)
            Write(info.Name, state[info.Name].Values);
    }

    /// <summary>Writes the state to a safetensors file; after a crash, there is either the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSafetensors(string path) => Safetensors.Save(path, ToStateDict());

    /// <summary>Loads the state from a safetensors file: all of it or, on an error, nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="SafetensorsException">The file is not valid.</exception>
    /// <exception cref="ArgumentException">The file is of another network.</exception>
    public void LoadSafetensors(string path) => LoadStateDict(Safetensors.Load(path));

    /// <summary>The memory of a value, the oldest being step 0.</summary>
    private Span<float> ValueOf(StateInfo info, int step)
    {
        var place = (int)((Position - info.Steps + step) % info.Places);
        return _values.Span.Slice(info.Offset + ((place < 0 ? place + info.Places : place) * info.Stride), info.Stride);
    }

    private StateInfo Find(string name, int length, string argument)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var info in Table.States)
        {
            if (info.Name != name)
                continue;
            if (length != info.Steps * info.Length)
                throw new ArgumentException($"{name} has {info.Steps * info.Length} floats, [{info.Steps}, {string.Join(", ", info.Shape)}]; the span has {length}.", argument);
            return info;
        }

        throw new ArgumentException($"The stream keeps nothing called '{name}'; it keeps {Describe(Table)}.", nameof(name));
    }

    private static string Describe(StateTable table) =>
        table.States.IsEmpty ? "nothing" : string.Join(", ", table.States.Select(info => $"{info.Steps} steps of {info.Name}"));
}
