namespace StaticNet.Onnx.Reading;

/// <summary>Counts the messages of a protobuf file before objects are made of them.</summary>
internal static class WireFormat
{
    private const int MaxDepth = 64;

    /// <summary>So many listed numbers take as much memory as a message.</summary>
    private const int NumbersPerMessage = 6;

    /// <summary>Fields that hold messages, by the message that they are in; the rest of ONNX's fields are numbers and bytes.</summary>
    private enum Message
    {
        Model, Graph, Node, Attribute, Tensor, Entry, ValueInfo, Type, TensorType, Shape, Dimension, Opset, Function, Sparse,
    }

    /// <summary>Whether a model has at most so many messages and list elements that take a byte or two.</summary>
    public static bool HasFewMessages(ReadOnlySpan<byte> bytes, long most)
    {
        var left = most;
        return Count(bytes, Message.Model, ref left, 0);
    }

    private static bool Count(ReadOnlySpan<byte> bytes, Message message, ref long left, int depth)
    {
        if (depth > MaxDepth || --left < 0)
            return false;
        while (!bytes.IsEmpty)
        {
            if (!TryVarint(ref bytes, out var tag))
                return false;
            var length = 0UL;
            switch (tag & 7)
            {
                case 0:
                    if (!TryVarint(ref bytes, out _))
                        return false;
                    continue;
                case 1:
                    length = 8;
                    break;
                case 5:
                    length = 4;
                    break;
                case 2:
                    if (!TryVarint(ref bytes, out length))
                        return false;
                    break;
                default:
                    return false;
            }

            if (length > (ulong)bytes.Length)
                return false;
            var field = bytes[..(int)length];
            bytes = bytes[(int)length..];
            if ((tag & 7) != 2)
                continue;
            if (Inner(message, (int)Math.Min(tag >> 3, int.MaxValue)) is { } inner)
            {
                if (!Count(field, inner, ref left, depth + 1))
                    return false;
            }
            else if (IsText(message, (int)Math.Min(tag >> 3, int.MaxValue)) && --left < 0)
            {
                return false;
            }
            else if (IsNumbers(message, (int)Math.Min(tag >> 3, int.MaxValue)) && (left -= field.Length / NumbersPerMessage) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names and texts: each becomes an object.</summary>
    private static bool IsText(Message message, int field) => (message, field) is (Message.Node, 1 or 2) or (Message.Attribute, 9);

    /// <summary>Lists of whole numbers, each of which may take one byte in the file and eight in memory.</summary>
    private static bool IsNumbers(Message message, int field) => (message, field) is (Message.Tensor, 5 or 7 or 11) or (Message.Attribute, 8);

    private static Message? Inner(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8) => Message.Opset,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 11 or 12) => Message.ValueInfo,
        (Message.Graph, 15) => Message.Sparse,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5) => Message.Tensor,
        (Message.Attribute, 6) => Message.Graph,
        (Message.Tensor, 13) => Message.Entry,
        (Message.Sparse, 1) => Message.Tensor,
        (Message.ValueInfo, 2) => Message.Type,
        (Message.Type, 1) => Message.TensorType,
        (Message.TensorType, 2) => Message.Shape,
        (Message.Shape, 1) => Message.Dimension,
        _ => null,
    };

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var index = 0; index < Math.Min(bytes.Length, 10); index++)
        {
            value |= (ulong)(bytes[index] & 0x7F) << (7 * index);
            if (bytes[index] < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
