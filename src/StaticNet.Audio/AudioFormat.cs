namespace StaticNet.Audio;

/// <summary>The formats of files with captures of amplifiers and pedals.</summary>
public enum AudioFormat
{
    /// <summary>Neural Amp Modeler's <c>.nam</c>: an architecture with its configuration, and the weights as one list.</summary>
    Nam,

    /// <summary>RTNeural's JSON, which AIDA-X writes too: a list of layers, each with its weights in Keras' layouts.</summary>
    RTNeural,

    /// <summary>The tensors of PyTorch as JSON, by their names: recurrent layers, linear ones and convolutions, one after the other.</summary>
    PyTorch,
}
