using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Which initialiser a layer takes by default.</summary>
internal static class InitializationRules
{
    /// <summary>The initialiser itself, or the one that suits the activation after the weight.</summary>
    public static Initialization For(this Initialization initialization, Activation activation) => initialization.Kind != Initializer.Default ? initialization : new(
        ActivationFunctions.All.TryGetValue(activation, out var entry) ? entry.Initializer
            : activation == Activation.PReLU ? Initializer.HeUniform : Initializer.GlorotUniform);
}
