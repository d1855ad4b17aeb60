using System.IO.MemoryMappedFiles;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Rows of numbers in a file that is mapped into memory: read where they are asked for, and never loaded as a whole.</summary>
/// <remarks>
/// Reading goes through <see cref="System.Runtime.InteropServices.SafeBuffer"/>, which copies bytes without unsafe code and refuses
/// them once the file is closed. A file that another program has cut would end the process at the first missing page, so that
/// its length is asked for before each batch.
/// </remarks>
internal sealed class MappedArray : IDisposable
{
    private const int ScratchBytes = 4096;
    private const int MostRowsToLookAt = 1 << 12;
    private const int MostNumbersToLookAt = 1 << 20;

    private readonly FileStream _file;
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly ElementType _type;
    private readonly bool _bigEndian;
    private readonly long _offset;
    private readonly long _end;
    private readonly ColumnNumbers _numbers;

    private MappedArray(FileStream file, MappedShape shape, NumberOptions? numbers)
    {
        _file = file;
        (Rows, RowLength, _type, _bigEndian) = shape;
        _numbers = new ColumnNumbers(_type, _bigEndian, [Rows, RowLength], numbers);
        _offset = file.Position;
        // Up to 2⁶⁵.
        var needed = (Int128)Rows * RowLength * ElementConverter.SizeOf(_type);
        if (file.Length - _offset != needed)
            throw new DataFormatException(
                $"{file.Name}: expected {needed} bytes of data for {Rows} × {RowLength} elements of {_type}; the file has " +
                $"{file.Length - _offset}.");
        _end = file.Length;
        if (needed == 0)
            return;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, _end, MemoryMappedFileAccess.Read);
        if (_numbers.Watches)
            LookAtFirstRows();
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers per row.</summary>
    public int RowLength { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readShape">Reads the header and leaves the stream at the first element.</param>
    /// <param name="numbers">How numbers become floats; null for the nearest ones.</param>
    public static MappedArray Open(string path, Func<Stream, MappedShape> readShape, NumberOptions? numbers = null)
    {
        var file = InputFile.OpenRead(path, bufferSize: 1);
        try
        {
            return file.CanSeek
                ? new MappedArray(file, readShape(file), numbers)
                : throw new DataFormatException("Expected a file with a length; a pipe or a device has none.");
        }
        catch (DataFormatException e) when (!e.Message.StartsWith(file.Name, StringComparison.Ordinal))
        {
            file.Dispose();
            throw new DataFormatException($"{file.Name}: {e.Message}", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Copies rows as floats; the caller has checked numbers and room.</summary>
    /// <exception cref="DataFormatException">The file has become shorter since it was opened.</exception>
    public void Gather(ReadOnlySpan<int> rows, Span<float> destination) => Gather(rows, destination, watches: false);

    /// <summary>Tells of columns that floats cannot hold. The whole file may be larger than memory, but a few thousand rows show them.</summary>
    private void LookAtFirstRows()
    {
        var count = Math.Min(Rows, Math.Clamp(MostNumbersToLookAt / RowLength, 1, MostRowsToLookAt));
        var row = new float[RowLength];
        for (var number = 0; number < count; number++)
            Gather([number], row, watches: true);
        _numbers.Warn(Path.GetFileName(_file.Name));
    }

    private void Gather(ReadOnlySpan<int> rows, Span<float> destination, bool watches)
    {
        ObjectDisposedException.ThrowIf(_file.SafeFileHandle.IsClosed, this);
        if (_view is null)
            return;
        var length = RandomAccess.GetLength(_file.SafeFileHandle);
        if (length < _end)
            throw new DataFormatException($"{_file.Name}: expected {_end} bytes as when it was opened; the file has {length}.");

        Span<byte> scratch = stackalloc byte[ScratchBytes];
        var size = ElementConverter.SizeOf(_type);
        for (var i = 0; i < rows.Length; i++)
        {
            var offset = (ulong)_offset + ((ulong)rows[i] * (ulong)RowLength * (ulong)size);
            var row = destination.Slice(i * RowLength, RowLength);
            var column = 0;
            if (_type == ElementType.Float32 && !_numbers.Moves && _bigEndian != BitConverter.IsLittleEndian)
            {
                _view.SafeMemoryMappedViewHandle.ReadSpan(offset, row);
                continue;
            }
            while (!row.IsEmpty)
            {
                var count = Math.Min(row.Length, ScratchBytes / size);
                var bytes = scratch[..(count * size)];
                _view.SafeMemoryMappedViewHandle.ReadSpan(offset, bytes);
                _numbers.Convert(bytes, column, row[..count], watches);
                column += count;
                offset += (ulong)bytes.Length;
                row = row[count..];
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _view?.Dispose();
        _map?.Dispose();
        _file.Dispose();
    }
}

/// <summary>How the elements of a file are laid out, from the stream's position on.</summary>
internal readonly record struct MappedShape(int Rows, int RowLength, ElementType Type, bool BigEndian)
{
    /// <summary>Rows along the first axis.</summary>
    public static MappedShape Of(ReadOnlySpan<int> shape, ElementType type, bool bigEndian)
    {
        if (shape.IsEmpty)
            throw new DataFormatException("Expected a sample for each index of the first axis; the file holds a single number.");
        if (!Shapes.TryCount(shape[1..], out var length))
            throw new DataFormatException(
                $"Expected samples of at most {Array.MaxLength} numbers; the shape {Shapes.Format(shape)} has more.");
        return length == 0
            ? throw new DataFormatException($"Expected samples of at least one number; the shape is {Shapes.Format(shape)}.")
            : new MappedShape(shape[0], length, type, bigEndian);
    }
}
