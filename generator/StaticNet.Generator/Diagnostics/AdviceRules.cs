using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Diagnostics;

/// <summary>
/// What is said about networks and programs that compile: warnings about what cannot work as it is meant, and suggestions, whose
/// severities a project sets in its .editorconfig. Each ID has a page in docs/diagnostics.
/// </summary>
internal static class AdviceRules
{
    public static readonly DiagnosticDescriptor Collapse = Warning("SN1001", "Layers without an activation between them are one layer", "{0} has no activation, so it and {1} together compute what one layer could: give {0} an activation, or remove it");

    public static readonly DiagnosticDescriptor Symmetry = Warning("SN1002", "Equal weights stay equal", "All weights of {0} and of {1} after it begin equal, so the units of {0} stay copies of each other: leave out the Initializer of one of them");

    public static readonly DiagnosticDescriptor DeadStart = Warning("SN1003", "Zero weights before a rectifier never learn", "The weights of {0} begin at zero, where {1} has no gradient, so it never learns: leave out its Initializer");

    public static readonly DiagnosticDescriptor Initialiser = Suggestion("SN1004", "An initialiser does not suit the activation", "{0} begins with {1}, which suits {2}; with {3}, values {4} from layer to layer: leave out the Initializer, which is then {5}");

    public static readonly DiagnosticDescriptor Saturation = Suggestion("SN1005", "Many saturating layers in a row", "{0} is the {1}th {2} layer in a row, through which gradients shrink: use ReLU, or put a normalisation or a shortcut between them");

    public static readonly DiagnosticDescriptor SlowLoss = Suggestion("SN1006", "A squared error after a sigmoid learns slowly", "{0} after the {1} of {2} has almost no gradient where the output is most wrong: use {3}");

    public static readonly DiagnosticDescriptor SqueezedLogits = Warning("SN1007", "An activation limits logits", "{0} takes logits of any size, but the {1} of {2} limits them: remove it");

    public static readonly DiagnosticDescriptor NotProbabilities = Warning("SN1008", "A loss needs probabilities", "BinaryCrossEntropyLoss takes probabilities, but the output of {0} is not limited to 0 to 1: {1}");

    public static readonly DiagnosticDescriptor LimitedOutput = Suggestion("SN1009", "A rectified output cannot be negative", "{0} compares the output of {1} with any number, but its {2} makes no number below 0, and has no gradient there: remove it if targets may be negative");

    public static readonly DiagnosticDescriptor LargeDropout = Suggestion("SN1010", "Dropout of more than half", "{0} drops {1} % of its input: above one half, it costs more than it regularises, as a rule");

    public static readonly DiagnosticDescriptor OutputDropout = Warning("SN1011", "Dropout of an output", "{0} drops elements of the network's output itself, which the loss then takes for zero: put it before the last layer with weights");

    public static readonly DiagnosticDescriptor DropoutBeforeNorm = Suggestion("SN1012", "Dropout before a batch norm", "{0} changes the variance that {1} measures in training, and does not drop when the network is used: put it after the normalisation");

    public static readonly DiagnosticDescriptor LostBias = Suggestion("SN1013", "A bias before a normalisation", "{0} subtracts the mean, so the bias of {1} has no effect: set Bias = false");

    public static readonly DiagnosticDescriptor FewValues = Suggestion("SN1014", "A batch norm of few values", "{0} computes mean and variance of each channel from {1} values, which is too few: use larger batches, or [LayerNorm] or [GroupNorm]");

    public static readonly DiagnosticDescriptor Unread = Suggestion("SN1015", "Windows leave elements out", "The windows of {0} leave out {1} % of its input {2}: choose kernel, stride and padding so that they cover it");

    public static readonly DiagnosticDescriptor DeadTaps = Warning("SN1016", "A kernel is larger than its input", "Only {1} of the {2} taps of {0} ever meet its input {3}; the others see nothing but padding: use a smaller kernel");

    public static readonly DiagnosticDescriptor LargeFlatten = Suggestion("SN1017", "A large image is flattened into a dense layer", "{0} holds {1} % of the network's {2} weights, because its input is a flattened {3}: pool, or use strides, before [Flatten]");

    public static readonly DiagnosticDescriptor Narrow = Suggestion("SN1018", "A narrow layer before many classes", "All {1} classes depend on the {2} numbers of {0}: use at least half as many units as classes");

    public static readonly DiagnosticDescriptor LoneSoftmax = Warning("SN1019", "The softmax of one element", "The softmax of {0} is over a single element, so it is always {1}: use Sigmoid, or an output for each class");

    public static readonly DiagnosticDescriptor ShortSight = Suggestion("SN1020", "A small receptive field before a global pooling", "{0} pools features that each see {1} of {2} positions, so nothing in the network sees the whole: add layers, strides, pooling or dilation before it");

    public static readonly DiagnosticDescriptor ForgottenSteps = Suggestion("SN1021", "A receptive field shorter than the sequence", "The output of {0} depends on the last {1} of {2} steps; the first {3} have no effect: use larger dilations or more layers, or shorter sequences");

    public static readonly DiagnosticDescriptor Twice = Warning("SN1022", "An activation is applied twice", "{0} applies the {1} that {2} has already applied: remove one of them");

    public static readonly DiagnosticDescriptor NoEffect = Suggestion("SN1023", "A layer has no effect", "{0} returns its input as it is: remove it");

    public static readonly DiagnosticDescriptor NormTwice = Suggestion("SN1024", "Two normalisations in a row", "{0} normalises what {1} normalises again: remove one of them");

    public static readonly DiagnosticDescriptor InnerSoftmax = Suggestion("SN1025", "A softmax between layers", "The softmax of {0} makes its units compete for a sum of 1 and keeps them close to 1/{1}, although {2} takes them as features: use ReLU");

    public static readonly DiagnosticDescriptor Undefined = Warning("SN1026", "An activation is not defined below zero", "The {0} of {1} is not a number for sums below 0: put an activation before it that is never negative, such as Softplus");

    public static readonly DiagnosticDescriptor LongRecurrence = Suggestion("SN1027", "A simple recurrent layer over many steps", "Through {1} steps, the gradients of {0} shrink or grow too much to learn from: use [LSTM] or [GRU]");

    public static readonly DiagnosticDescriptor Forgetful = Suggestion("SN1028", "An LSTM that begins by forgetting", "With ForgetBias = 0, {0} begins by forgetting half of its state at each step: leave the argument out, for which it is 1");

    public static readonly DiagnosticDescriptor Oversmoothed = Suggestion("SN1029", "Strong label smoothing", "With LabelSmoothing = {0}, the target of the right class is only {1} of 1: values near 0.1 are usual");

    public static readonly DiagnosticDescriptor AboveMultiple = Suggestion("SN1030", "Units just above whole vectors", "{0} has {1} units, which cost as much as {2} with 256-bit vectors and as {3} with 512-bit vectors: use {4}");

    public static readonly DiagnosticDescriptor WideWeights = Suggestion("SN1031", "Weights larger than the second-level cache", "The weights of the dense layers of {0} take {1} MB in 32 bits, more than most second-level caches: with Storage = WeightStorage.BFloat16 they take half");

    public static readonly DiagnosticDescriptor MostWork = Suggestion("SN1032", "One layer does most of the work", "{0} does {1} % of the network's {2} multiply-adds: to make the network faster, begin with this layer");

    public static readonly DiagnosticDescriptor Untrained = Suggestion("SN1033", "A network computes with random weights", "{0} is neither trained nor loaded before it computes, so its results are those of random weights: load weights, or train it");

    public static readonly DiagnosticDescriptor Shared = Warning("SN1034", "Threads share one network", "{0} computes in a workspace of its own and serves one thread at a time, but {1}: use a NetworkPool<{2}>, or ShareWeights() for each thread");

    public static readonly DiagnosticDescriptor Discarded = Warning("SN1035", "A result is thrown away", "{0} only returns its result, which nothing uses: use it, or remove the call");

    public static readonly DiagnosticDescriptor ForgottenTraining = Suggestion("SN1036", "Nothing uses a trained network", "{0} is trained, but then nothing evaluates, uses or saves its network");

    public static readonly DiagnosticDescriptor DecayedSlopes = Suggestion("SN1037", "Weight decay of PReLU slopes", "DecayAll pulls the slopes of the PReLU of {0} towards 0, which makes it a ReLU: leave DecayAll out, or give slopes a ParameterGroup without decay");

    public static readonly DiagnosticDescriptor OneByOne = Suggestion("SN1038", "Samples are computed one by one", "{0} computes the samples of a span one by one: {1} computes several at once, with each weight read once for all of them");

    public static readonly DiagnosticDescriptor Cost = Rules.Advice("SN1039", "What a layer computes and costs", "{0}: {1} → {2}{3}", DiagnosticSeverity.Info, isEnabledByDefault: false);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rules.Advice(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Suggestion(string id, string title, string message) => Rules.Advice(id, title, message, DiagnosticSeverity.Info);
}
