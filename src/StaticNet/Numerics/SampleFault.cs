using System.ComponentModel;

namespace StaticNet.Numerics;

/// <summary>
/// What is wrong with one sample of a batch, in the <see cref="Exception.Data"/> of the <see cref="ArgumentException"/> that
/// reports it, so that code that knows where the sample comes from can name its place there.
/// </summary>
/// <param name="Sample">The sample's number in the batch.</param>
/// <param name="Message">The message without the sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SampleFault(int Sample, string Message)
{
    /// <summary>The fault that an exception carries.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The fault; null if it is not about a sample.</returns>
    public static SampleFault? Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Data[typeof(SampleFault)] as SampleFault;
    }

    /// <summary>Makes an exception about a sample.</summary>
    /// <param name="sample">The sample's number in the batch.</param>
    /// <param name="message">The message, given what names the sample: <c> of sample 3</c>, or nothing.</param>
    /// <param name="parameter">The parameter that the batch came by.</param>
    internal static ArgumentException Exception(int sample, Func<string, string> message, string parameter)
    {
        var exception = new ArgumentException(message($" of sample {sample}"), parameter);
        exception.Data[typeof(SampleFault)] = new SampleFault(sample, message(""));
        return exception;
    }
}
