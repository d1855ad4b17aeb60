using System.Diagnostics;
using StaticNet.Importing;
using StaticNet.Onnx.Tests.Models;

namespace StaticNet.Onnx.Tests.Reading;

/// <summary>Whatever the bytes, an import ends with a network or with the documented exception, soon and without using much memory.</summary>
public class MutatedModelTests
{
    private const int Mutations = 2_000;

    /// <summary>What small files may need, whatever their length: objects of the import itself.</summary>
    private const long FreeBytes = 64 << 20;

    public static TheoryData<string, byte[]> Models => new() { { "convolutional", SmallModels.Convolutional }, { "recurrent", SmallModels.Recurrent } };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_mutated_model_is_imported_or_refused(string name, byte[] model)
    {
        var random = new Random(1);
        for (var mutation = 0; mutation < Mutations; mutation++)
        {
            var bytes = Mutated(model, random);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                Assert.NotEmpty(OnnxImporter.Import(bytes, name).Network.Declaration.Layers);
            }
            catch (ImportException e)
            {
                Assert.All(e.Problems, problem => Assert.All(new[] { problem.Where, problem.What, problem.Why, problem.Remedy }, Assert.NotEmpty));
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < FreeBytes + (10 * bytes.Length), $"mutation {mutation}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"mutation {mutation}");
        }
    }

    private static byte[] Mutated(byte[] model, Random random)
    {
        byte[] bytes = random.Next(8) == 0 ? model[..random.Next(model.Length)] : [.. model];
        for (var change = random.Next(1, 6); change > 0 && bytes.Length > 0; change--)
        {
            var place = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = [.. bytes[..place], .. bytes[random.Next(place, bytes.Length)..]];
                    break;
                default:
                    var end = random.Next(place, Math.Min(bytes.Length, place + 64));
                    bytes = [.. bytes[..end], .. bytes[place..]];
                    break;
            }
        }

        return bytes;
    }
}
