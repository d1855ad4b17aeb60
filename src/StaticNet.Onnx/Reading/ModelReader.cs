using System.Globalization;
using Google.Protobuf;
using StaticNet.Importing;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Reading;

/// <summary>Reads the bytes of a model.</summary>
internal static class ModelReader
{
    private const int OldestOpset = 6;

    /// <summary>Bytes of a file for each message in it, at least: a message of two bytes would become an object of a hundred.</summary>
    private const int BytesPerMessage = 16;

    /// <summary>So many messages are always allowed.</summary>
    private const int FreeMessages = 4096;

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="ImportException">The bytes are not an ONNX model, or it is too old.</exception>
    public static (ModelProto Model, int Opset) Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length == 0)
            throw NoModel("it is empty");
        ModelProto model;
        try
        {
            if (!WireFormat.HasFewMessages(bytes.Span, (bytes.Length / BytesPerMessage) + FreeMessages))
                throw NoModel("it consists of empty messages, or its messages are not complete");
            model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(new System.Buffers.ReadOnlySequence<byte>(bytes));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw NoModel(e.Message);
        }

        if (model.Graph is null || model.Graph.Output.Count == 0)
            throw NoModel("it has no graph with outputs");
        var versions = model.OpsetImport.Where(set => set.Domain is "" or "ai.onnx").Select(set => set.Version).ToArray();
        var opset = versions.Length == 0 ? 1 : versions.Max();
        if (opset is < OldestOpset or > int.MaxValue)
        {
            throw new ImportException(new ImportProblem(
                name, $"operators of version {opset.ToString(CultureInfo.InvariantCulture)}", $"versions from {OldestOpset} on are read", "Export the model again, or convert it with onnx.version_converter"));
        }

        return (model, (int)opset);

        ImportException NoModel(string why) => new(new ImportProblem(name, "the file", $"it is not an ONNX model: {why}", "Check that the file is complete and ends in .onnx"));
    }
}
