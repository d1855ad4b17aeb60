using System.Buffers.Binary;
using System.Text;
using StaticNet.Serialization;

namespace StaticNet.Tests.Serialization;

public class SafetensorsTests
{
    [Theory]
    [InlineData("504B03041400000808000000", "a zip archive, such as a .pt of PyTorch")]
    [InlineData("894844460D0A1A0A0000000000080800", "an HDF5 file, such as Keras's .h5")]
    [InlineData("80028A0A6CFC9C46F9206AA850190000", "a Python pickle, as torch.save wrote")]
    [InlineData("08071207", "the header's length in 8 bytes")]
    [InlineData("080712077079746F726368", "an ONNX model")]
    [InlineData("1C00000054464C3314002000", "a TensorFlow Lite model")]
    [InlineData("934E554D50590100", "a NumPy array (.npy)")]
    [InlineData("7B22666F726D6174223A2031207D", "JSON text")]
    [InlineData("3C21444F43545950452068746D6C3E", "a web page or XML")]
    [InlineData("1F8B080000000000000300", "compressed with gzip: unpack it")]
    [InlineData("4747554603000000", "a GGUF model")]
    [InlineData("76657273696F6E2068747470733A2F2F6769742D6C6673", "a pointer of Git LFS")]
    public void A_file_of_another_kind_is_named(string hex, string kind)
    {
        var file = Convert.FromHexString(hex);

        Assert.Contains(kind, Assert.Throws<SafetensorsException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains(kind, Assert.Throws<SafetensorsException>(() => Safetensors.Read(new OneWayStream(file, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_and_shapes_of_too_many_entries_are_refused()
    {
        var entries = string.Join(',', Enumerable.Range(0, 65_537).Select(i => $"\"{i}\":\"\""));
        var sizes = string.Join(',', Enumerable.Repeat("1", 65));

        Assert.Contains("at most 65536 entries", Refusal($"{{\"__metadata__\":{{{entries}}}}}"), StringComparison.Ordinal);
        Assert.Contains("at most 64 numbers in shape", Refusal($"{{\"x\":{{\"dtype\":\"F32\",\"shape\":[{sizes}],\"data_offsets\":[0,4]}}}}"), StringComparison.Ordinal);

        static string Refusal(string header)
        {
            byte[] json = System.Text.Encoding.UTF8.GetBytes(header);
            return Assert.Throws<SafetensorsException>(() => Safetensors.Read([.. BitConverter.GetBytes((long)json.Length), .. json])).Message;
        }
    }

    [Fact]
    public void Every_type_that_Python_wrote_becomes_the_nearest_float()
    {
        var state = Safetensors.Load(Golden("types"));
        var names = state.Select(tensor => tensor.Name).Where(name => !name.EndsWith(".expected", StringComparison.Ordinal)).ToArray();

        Assert.Equal(13, names.Length);
        foreach (var name in names)
            Assert.Equal(Bits(state[name + ".expected"]), Bits(state[name]));
    }

    [Fact]
    public void A_foreign_layout_is_read_in_the_order_of_its_data()
    {
        foreach (var state in ReadEveryWay(File.ReadAllBytes(Golden("layout"))))
        {
            Assert.Equal(["first", "byte", "empty", "scalar"], state.Select(tensor => tensor.Name));
            Assert.Equal([1f, 2, 3, 4], state["first"].Values.ToArray());
            Assert.Equal([5f, 6, 7], state["byte"].Values.ToArray());
            Assert.Equal([0, 4], state["empty"].Shape.ToArray());
            Assert.Empty(state["scalar"].Shape);
            Assert.Equal(8f, state["scalar"].Values[0]);
            Assert.Equal("Grüße", state.Metadata["note"]);
        }
    }

    [Fact]
    public void The_writer_gives_the_bytes_that_Python_gives()
    {
        var state = new StateDict();
        state.Metadata["format"] = "pt";
        state.Metadata["a"] = "one";
        state.Add("dense1.weight", [2, 3], [1, -2, 3.5f, 0.1f, float.Epsilon, float.PositiveInfinity]);
        state.Add("dense1.bias", [2], [-0f, 7]);
        state.Add("empty", [0, 4], []);
        state.Add("scalar", [], [8]);

        Assert.Equal(File.ReadAllBytes(Golden("writer")), Write(state));
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_bit()
    {
        var random = new Random(1);
        var state = new StateDict();
        state.Metadata["ключ \"\\ \n"] = "値 😀";
        for (var i = 0; i < 20; i++)
        {
            var values = new float[i * 5000];
            foreach (ref var value in values.AsSpan())
                value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            state.Add($"слой{i}.\"weight\"\t😀", [i, 50, 100], values);
        }

        foreach (var read in ReadEveryWay(Write(state)))
        {
            Assert.Equal(state.Metadata, read.Metadata);
            Assert.Equal(state.Select(tensor => tensor.ToString()), read.Select(tensor => tensor.ToString()));
            foreach (var tensor in state)
                Assert.Equal(Bits(tensor), Bits(read[tensor.Name]));
        }
    }

    [Fact]
    public void Nothing_at_all_is_a_file_too()
    {
        var bytes = Write(new StateDict());

        Assert.Equal(16, bytes.Length);
        Assert.All(ReadEveryWay(bytes), Assert.Empty);
    }

    [Fact]
    public void Text_that_the_format_cannot_hold_is_refused_before_a_byte_is_written()
    {
        var reserved = new StateDict();
        reserved.Add("__metadata__", [1], [1]);
        var broken = new StateDict();
        broken.Add("x\ud800", [1], [1]);
        var brokenText = new StateDict();
        brokenText.Metadata["x"] = "\udc00";
        var nullText = new StateDict();
        nullText.Metadata["x"] = null!;

        foreach (var state in new[] { reserved, broken, brokenText, nullText })
        {
            using var stream = new MemoryStream();
            Assert.Throws<ArgumentException>(() => Safetensors.Write(stream, state));
            Assert.Equal(0, stream.Length);
        }
    }

    [Theory]
    [InlineData("", "starts with")]
    [InlineData("[]", "0x5B")]
    [InlineData(" {}", "0x20")]
    [InlineData("{", "JSON")]
    [InlineData("{}x", "JSON")]
    [InlineData("{} {}", "JSON")]
    [InlineData("{\"x\":1}", "an object with dtype")]
    [InlineData("{\"x\":{}}", "but some are missing")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", "but some are missing")]
    [InlineData("{\"x\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}", "a string as dtype")]
    [InlineData("{\"x\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'C64'")]
    [InlineData("{\"x\":{\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'f32'")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", "as shape")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "in shape")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", "in shape")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", "in shape")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296],\"data_offsets\":[0,4]}}", "4294967296")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}}", "[65536, 65536]")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}}", "elements")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", "two data_offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", "two data_offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,3]}}", "expected 4 bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "expected 4 bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}", "expected 4 bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775808]}}", "in data_offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}", "begin at 0")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'y'")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[5,9]}}", "begin at 4")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'x' comes twice")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"\\u0078\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'x' comes twice")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "one dtype")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}", "one shape")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "a string for 'a'")]
    [InlineData("{\"__metadata__\":null}", "an object of strings")]
    [InlineData("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", "'a' comes twice")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", "comes twice")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "surrogate")]
    [InlineData("{\"x\":{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}}", "JSON")]
    [InlineData("{/**/}", "JSON")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],}}", "JSON")]
    public void What_the_format_forbids_is_refused_with_the_reason(string header, string reason)
    {
        Refused(Encoding.UTF8.GetBytes(header), new byte[4], reason);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        Refused([.. "{\""u8, 0xFF, .. "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"u8], new byte[4], "UTF-8");
    }

    [Theory]
    [InlineData(0, "8 bytes of data")]
    [InlineData(7, "8 bytes of data")]
    [InlineData(9, "8 bytes of data")]
    public void Data_of_another_length_are_refused(int length, string reason)
    {
        var header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"u8;
        var file = Join(header.ToArray(), new byte[length]);

        Assert.Contains(reason, Assert.Throws<SafetensorsException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
        Assert.Throws<SafetensorsException>(() => Safetensors.Read(new OneWayStream(file)));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001ul)]
    [InlineData(100_000_000ul)]
    public void A_lying_header_length_costs_no_memory(ulong length)
    {
        var file = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        file[8] = (byte)'{';

        CheapRefusal(() => Safetensors.Read(file));
        CheapRefusal(() => Safetensors.Read(new MemoryStream(file)));
        CheapRefusal(() => Safetensors.Read(new OneWayStream(file)));
    }

    [Fact]
    public void A_lying_shape_costs_no_memory()
    {
        var file = Join("{\"x\":{\"dtype\":\"U8\",\"shape\":[2000000000],\"data_offsets\":[0,2000000000]}}"u8.ToArray(), new byte[100]);

        CheapRefusal(() => Safetensors.Read(file));
        CheapRefusal(() => Safetensors.Read(new MemoryStream(file)));
        CheapRefusal(() => Safetensors.Read(new OneWayStream(file)));
    }

    [Fact]
    public void Fields_that_the_format_does_not_name_are_skipped()
    {
        var file = Join("{\"x\":{\"extra\":{\"a\":[1,{}]},\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}} \n"u8.ToArray(), [0, 0, 0x80, 0x3F]);

        Assert.All(ReadEveryWay(file), state => Assert.Equal(1f, state["x"].Values[0]));
    }

    [Fact]
    public void Damaged_files_give_a_result_or_the_exception()
    {
        var state = new StateDict();
        state.Metadata["a"] = "b";
        state.Add("x", [2, 3], [1, 2, 3, 4, 5, 6]);
        state.Add("y", [1], [7]);
        byte[][] files = [Write(state), File.ReadAllBytes(Golden("layout")), File.ReadAllBytes(Golden("types"))];

        Mutations.Run<SafetensorsException>(files, 30_000, 2_000_000, file => Safetensors.Read(file));
        Mutations.Run<SafetensorsException>(files, 10_000, 2_000_000, file => Safetensors.Read(new OneWayStream(file, 1000)));
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Serialization", "Files", $"{name}.safetensors");

    private static int[] Bits(StateTensor tensor) => [.. tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static byte[] Write(StateDict state)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, state);
        return stream.ToArray();
    }

    private static StateDict[] ReadEveryWay(byte[] file) =>
        [Safetensors.Read(file), Safetensors.Read(new MemoryStream(file)), Safetensors.Read(new OneWayStream(file, 1000))];

    private static byte[] Join(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. data];
    }

    private static void Refused(byte[] header, byte[] data, string reason)
    {
        var file = Join(header, data);
        foreach (var read in new Action[] { () => Safetensors.Read(file), () => Safetensors.Read(new MemoryStream(file)), () => Safetensors.Read(new OneWayStream(file)) })
            Assert.Contains(reason, Assert.Throws<SafetensorsException>(read).Message, StringComparison.Ordinal);
    }

    private static void CheapRefusal(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SafetensorsException>(read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }
}
