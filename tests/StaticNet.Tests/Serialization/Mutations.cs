using System.Buffers.Binary;

namespace StaticNet.Tests.Serialization;

/// <summary>Damages valid files in seeded random ways and checks that a parser stands it.</summary>
internal static class Mutations
{
    private static readonly long[] Borders =
        [0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 32767, 65535, int.MaxValue, uint.MaxValue, (1L << 32) + 1, long.MaxValue, long.MinValue, -1];

    /// <summary>
    /// Gives <paramref name="parse"/> the damaged files; it may return or throw <typeparamref name="TException"/> and
    /// nothing else, and allocate at most <paramref name="maximumBytes"/>.
    /// </summary>
    public static void Run<TException>(byte[][] valid, int count, long maximumBytes, Action<byte[]> parse)
        where TException : Exception
    {
        foreach (var file in valid)
            parse(file);
        var (results, refusals) = (0, 0);
        var random = new Random(12345);
        for (var i = 0; i < count; i++)
        {
            var file = Mutate(valid[i % valid.Length], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                parse(file);
                results++;
            }
            catch (TException e)
            {
                Assert.NotEmpty(e.Message);
                refusals++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Mutation {i}, {Convert.ToHexString(file)}: {e}");
            }
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= maximumBytes, $"Mutation {i} of {file.Length} bytes allocated {allocated} bytes.");
        }
        // Both must occur, for else the mutations test nothing.
        Assert.True(results > 0 && refusals > count / 10, $"{results} results, {refusals} refusals");
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            // Headers are where the structure is: half of all edits hit the first bytes.
            var end = random.Next(2) == 0 ? Math.Min(bytes.Count, 100) : bytes.Count;
            var at = random.Next(end + 1);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                case 3: bytes.InsertRange(at, RandomBytes(random, random.Next(1, 9))); break;
                case 4: bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at)); break;
                case 5: Overwrite(bytes, at, Border(random)); break;
                default: Repeat(bytes, at, random); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>A length or a number as some format may have it: little or big endian, of 1 to 8 bytes, or in digits.</summary>
    private static byte[] Border(Random random)
    {
        var value = Borders[random.Next(Borders.Length)];
        var bytes = new byte[8];
        switch (random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
                return bytes[..(1 << random.Next(4))];
            case 1:
                BinaryPrimitives.WriteInt64BigEndian(bytes, value);
                return bytes[(8 - (1 << random.Next(4)))..];
            default:
                return System.Text.Encoding.ASCII.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] value)
    {
        bytes.RemoveRange(at, Math.Min(value.Length, bytes.Count - at));
        bytes.InsertRange(at, value);
    }

    private static void Repeat(List<byte> bytes, int at, Random random)
    {
        var piece = bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
        bytes.InsertRange(random.Next(bytes.Count + 1), piece);
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
