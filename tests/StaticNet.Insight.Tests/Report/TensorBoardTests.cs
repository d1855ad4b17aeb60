using System.Buffers.Binary;
using Google.Protobuf;
using StaticNet.Insight.TensorBoard;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Insight.Tests.Report;

/// <summary>Event files, read by another implementation: the messages by Google.Protobuf, the checksums bit by bit.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-tensorboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheChecksumIsThatOfTheStandard()
    {
        // CRC-32C of the nine digits, from RFC 3720's algorithm.
        Assert.Equal(0xE3069283, Checksum("123456789"u8));
        Assert.Equal(Masked("123456789"u8), EventFile.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void ARunCanBeReadBack()
    {
        var callback = new TensorBoardCallback(_folder) { EverySteps = 15 };
        var history = Trainer.For(new SmallClassifier(1), new Adam(), new TrainerOptions { Callbacks = [callback], Warnings = TextWriter.Null })
            .Fit(DigitsSamples.Split.Train, epochs: 2, DigitsSamples.Split.Validation);
        var events = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder)))).Select(Parse).ToArray();
        Assert.Equal("brain.Event:2", events[0].Version);
        var losses = events.Where(item => item.Tag == "epoch/loss").ToArray();
        Assert.Equal(history.Epochs.Select(epoch => epoch.Step), losses.Select(item => item.Step));
        Assert.Equal(history.Epochs.Select(epoch => (float)epoch.Loss), losses.Select(item => item.Value));
        Assert.Equal(history.Epochs[^1].Step / 15, events.Count(item => item.Tag == "step/loss"));
        var histogram = events.Last(item => item.Tag == "dense1.weight").Histogram!;
        Assert.Equal(64 * 32, histogram[3].Single());
        Assert.Equal(64 * 32, histogram[7].Sum());
        Assert.Equal(histogram[2].Single(), histogram[6][^1], 1e-6);
    }

    private static IEnumerable<byte[]> Records(byte[] bytes)
    {
        for (var place = 0; place < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(place));
            Assert.Equal(Masked(bytes.AsSpan(place, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 8)));
            var content = bytes.AsSpan(place + 12, length).ToArray();
            Assert.Equal(Masked(content), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 12 + length)));
            yield return content;
            place += length + 16;
        }
    }

    private static (string? Version, long Step, string? Tag, float Value, Dictionary<int, double[]>? Histogram) Parse(byte[] record)
    {
        var (version, step, tag, value, histogram) = ((string?)null, 0L, (string?)null, 0f, (Dictionary<int, double[]>?)null);
        Read(record, (field, input) =>
        {
            switch (field)
            {
                case 2:
                    step = input.ReadInt64();
                    break;
                case 3:
                    version = input.ReadString();
                    break;
                case 5:
                    Read(input.ReadBytes().ToByteArray(), (_, summary) => Read(summary.ReadBytes().ToByteArray(), ReadValue));
                    break;
                default:
                    Assert.Equal(1, field);
                    Assert.InRange(input.ReadDouble(), 1e9, 1e10);
                    break;
            }
        });
        return (version, step, tag, value, histogram);

        void ReadValue(int field, CodedInputStream input)
        {
            if (field == 1)
                tag = input.ReadString();
            else if (field == 2)
                value = input.ReadFloat();
            else
                Read(input.ReadBytes().ToByteArray(), ReadHistogram);
        }

        void ReadHistogram(int field, CodedInputStream input) =>
            (histogram ??= [])[field] = field < 6 ? [input.ReadDouble()] : [.. input.ReadBytes().ToByteArray().Chunk(8).Select(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))];
    }

    private static void Read(byte[] message, Action<int, CodedInputStream> read)
    {
        var input = new CodedInputStream(message);
        for (uint tag; (tag = input.ReadTag()) != 0;)
            read(WireFormat.GetTagFieldNumber(tag), input);
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var checksum = Checksum(bytes);
        return unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282EAD8);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
                checksum = (checksum & 1) != 0 ? (checksum >> 1) ^ 0x82F63B78 : checksum >> 1;
        }

        return ~checksum;
    }
}
