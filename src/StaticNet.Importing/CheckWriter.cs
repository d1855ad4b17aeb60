namespace StaticNet.Importing;

/// <summary>Writes the class that compares an imported network with its golden vectors, without any test framework.</summary>
internal static class CheckWriter
{
    public static string Write(NetworkDeclaration network)
    {
        var (name, space) = (network.ClassName, network.Namespace is { } text ? $"\nnamespace {text};\n" : "");
        return $$"""
            using System;
            using System.IO;
            using StaticNet;
            using StaticNet.Serialization;
            {{space}}
            /// <summary>Compares {{name}} with what the original model computes.</summary>
            internal static class {{name}}Check
            {
                /// <summary>
                /// The largest difference between outputs of the network and the golden vectors, as a share of the largest golden output.
                /// </summary>
                /// <param name="folder">The folder of {{ImportedFiles.Weights}} and {{ImportedFiles.Vectors}}.</param>
                public static float LargestError(string folder)
                {
                    var network = new {{name}}();
                    network.LoadSafetensors(Path.Combine(folder, "{{ImportedFiles.Weights}}"));
                    var vectors = Safetensors.Load(Path.Combine(folder, "{{ImportedFiles.Vectors}}"));
                    var (inputs, expected) = (vectors["inputs"], vectors["outputs"]);
                    var outputs = new float[expected.Values.Length];
                    network.ForwardBatch(inputs.Values, outputs, inputs.Shape[0]);
                    var (largest, error) = (0f, 0f);
                    for (var index = 0; index < outputs.Length; index++)
                    {
                        largest = MathF.Max(largest, MathF.Abs(expected.Values[index]));
                        error = MathF.Max(error, MathF.Abs(outputs[index] - expected.Values[index]));
                    }

                    return error == 0 ? 0 : error / largest;
                }

                /// <summary>Throws if the network differs from the original by more than a share of the largest output.</summary>
                /// <param name="folder">The folder of {{ImportedFiles.Weights}} and {{ImportedFiles.Vectors}}.</param>
                /// <param name="tolerance">The share: 10⁻⁴ by default.</param>
                /// <exception cref="InvalidOperationException">The network differs by more.</exception>
                public static void Run(string folder, float tolerance = 1e-4f)
                {
                    if (LargestError(folder) is var error && !(error <= tolerance))
                        throw new InvalidOperationException($"{{name}} differs from the original by {error} of its largest output; expected at most {tolerance}.");
                }
            }

            """;
    }
}
