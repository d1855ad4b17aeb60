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
        FillInitialValues();
    }

    /// <summary>What it holds.</summary>
    public StateTable Table { get; }

    /// <summary>The steps of the input since it was made, reset or loaded.</summary>
    public long Position { get; private set; }

    /// <summary>Whether it holds anything: steps have been computed, or a state was written, loaded or copied. A stream that has not begun begins with the states that the
    /// network has learned, where it has such. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool HasBegun { get; private set; }

    /// <summary>The first float. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref float Reference => ref _values.Reference;

    /// <summary>Begins a new stream: all zeros but for the initial values of delays (<see cref="DelayAttribute.InitialValue"/>), and what the network has
    /// learned to begin with (<see cref="RecurrentLayerAttribute.LearnedState"/>), which its first step reads.</summary>
    public void Reset()
    {
        _values.Span.Clear();
        FillInitialValues();
        (Position, HasBegun) = (0, false);
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
        (Position, HasBegun) = (other.Position, other.HasBegun);
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
    public void Advance(int steps) => (Position, HasBegun) = (Position + steps, true);

    /// <summary>Copies one of the things that are kept, such as the hidden state of a recurrent layer, <c>gru1.hidden</c>. Allocates nothing.</summary>
    /// <param name="name">Its name, as <see cref="StateTable.States"/> has it.</param>
    /// <param name="values">Where it goes: [steps, shape in memory], the oldest step first.</param>
    /// <exception cref="ArgumentException">There is none of that name, the message lists those that there are; or the span has another length.</exception>
    public void Read(string name, Span<float> values)
    {
        var info = Find(name, values.Length, nameof(values));
        for (var step = 0; step < info.Steps; step++)
        {
            var value = values.Slice(step * info.Length, info.Length);
            var place = PlaceOf(info, step);
            if (info.IsPlanar)
                RowCopy.Copy(PlanesOf(info)[place..], info.Places + info.Repeated, 1, value, 1, 1, 1, 1, 1, info.Length);
            else
                RowCopy.Copy(ValueOf(info, place), 0, info.RowStride, value, 0, info.RowLength, info.RowLength, info.RowLength, info.Rows, 1);
        }
    }

    /// <summary>
    /// Replaces one of the things that are kept: a recurrent layer goes on from a state that the program gives it. What is not written of a new
    /// stream is zero, or the initial value of a delay. Allocates nothing.
    /// </summary>
    /// <param name="name">Its name, as <see cref="StateTable.States"/> has it.</param>
    /// <param name="values">Its numbers: [steps, shape in memory], the oldest step first.</param>
    /// <exception cref="ArgumentException">There is none of that name, the message lists those that there are; or the span has another length.</exception>
    public void Write(string name, ReadOnlySpan<float> values)
    {
        var info = Find(name, values.Length, nameof(values));
        HasBegun = true;
        for (var step = 0; step < info.Steps; step++)
        {
            var value = values.Slice(step * info.Length, info.Length);
            var place = PlaceOf(info, step);
            if (info.IsPlanar)
                RowCopy.Copy(value, 1, 1, PlanesOf(info)[place..], info.Places + info.Repeated, 1, 1, 1, 1, info.Length);
            else
                RowCopy.Copy(value, 0, info.RowLength, ValueOf(info, place), 0, info.RowStride, info.RowLength, info.RowStride, info.Rows, 1);
        }

        // The first places stand behind the last one once more.
        var (length, channels) = info.IsPlanar ? (1, info.Length) : (info.Stride, 1);
        for (var channel = 0; channel < channels; channel++)
        {
            var ring = _values.Span.Slice(info.Offset + (channel * (info.Places + info.Repeated)), (info.Places + info.Repeated) * length);
            ring[..(info.Repeated * length)].CopyTo(ring[(info.Places * length)..]);
        }
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

    /// <summary>Fills what does not begin with zeros: the elements of all places, not what pads them.</summary>
    private void FillInitialValues()
    {
        foreach (var info in Table.States)
        {
            for (var row = 0; row < (info.Places + info.Repeated) * info.Rows && info.InitialValue != 0; row++)
                _values.Span.Slice(info.Offset + (row * info.RowStride), info.RowLength).Fill(info.InitialValue);
        }
    }

    /// <summary>The place of a step, the oldest being step 0.</summary>
    private int PlaceOf(StateInfo info, int step)
    {
        if (info.Repeated == 0)
            return step;
        var place = (int)(((Position / Table.TotalStride * info.StepsOfStride) - info.Steps + step) % info.Places);
        return place < 0 ? place + info.Places : place;
    }

    /// <summary>The memory of the value at a place.</summary>
    private Span<float> ValueOf(StateInfo info, int place) => _values.Span.Slice(info.Offset + (place * info.Stride), info.Stride);

    /// <summary>The memory of all channels' places.</summary>
    private Span<float> PlanesOf(StateInfo info) => _values.Span.Slice(info.Offset, (info.Places + info.Repeated) * info.Length);

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
