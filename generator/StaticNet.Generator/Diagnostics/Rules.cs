using System.Reflection;
using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Diagnostics;

/// <summary>Everything that the generator complains about. Each ID has a page in docs/diagnostics.</summary>
internal static class Rules
{
    private const string Category = "StaticNet";

    // Above the rules, which are made in the order of the file.
    private static readonly string HelpFolder =
        typeof(Rules).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "HelpAddress").Value is { Length: > 0 } address
            ? $"{address}/blob/main/" : "";

    public static readonly DiagnosticDescriptor NoInput = Error("SN0001", "A network needs an input", "{0} has no [Input]: give the shape of one sample, such as [Input(64)]");

    public static readonly DiagnosticDescriptor NoLayer = Error("SN0002", "A network needs a layer", "{0} has no layer: put at least one layer attribute, such as [Dense(10)], below [Input]");

    public static readonly DiagnosticDescriptor Argument = Error("SN0003", "An argument is outside its range", "{0}: {1} must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor Shapes = Error("SN0004", "Shapes do not fit", "{0}");

    public static readonly DiagnosticDescriptor UnknownName = Error("SN0005", "No layer above has this name", "No layer above is named \"{0}\"; there are {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error("SN0006", "Two layers have the same name", "There is already a layer named \"{0}\" above");

    public static readonly DiagnosticDescriptor InvalidName = Error("SN0007", "A name is not an identifier", "\"{0}\" cannot be the name of a layer: a name must be a C# identifier");

    public static readonly DiagnosticDescriptor LossDoesNotFit = Error("SN0008", "A loss does not fit its output", "{0} takes {1}, but the output is {2}{3}");

    public static readonly DiagnosticDescriptor AppliedTwice = Error("SN0009", "A loss applies the activation itself", "{0} works on logits and applies the {1} itself: remove the {1} before it");

    public static readonly DiagnosticDescriptor TooLarge = Error("SN0010", "A network is too large", "{0} has an output of {1}; code is generated for at most {2} elements");

    public static readonly DiagnosticDescriptor NotPartial = Error("SN0011", "A network and the types that contain it must be partial", "{0} must be partial: the generator writes the other part of {1}");

    public static readonly DiagnosticDescriptor Split = Error("SN0012", "The attributes of a network must be on one declaration", "[{0}] must be on the declaration of {1} that has {2}: attributes on different declarations have no order");

    public static readonly DiagnosticDescriptor Unservable = Error("SN0013", "This class cannot be a network", "{0} cannot be a network: a network is {1}, but {2}");

    public static readonly DiagnosticDescriptor MemberClash = Error("SN0014", "A member has the name of a generated one", "{0} must not be named {1}: the generator writes a member of {2} with that name");

    public static readonly DiagnosticDescriptor Constructor = Error("SN0015", "A constructor conflicts with the generated ones", "This constructor of {0} must {1}: the generator writes {0}(ulong seed = 0) and {0}(NetworkWeights weights)");

    public static readonly DiagnosticDescriptor NoLoss = Error("SN0016", "A network that trains needs a loss", "{0} trains but has no loss: add one, such as [SoftmaxCrossEntropyLoss], or remove [Training]");

    public static readonly DiagnosticDescriptor StepTrains = Error("SN0017", "The step function cannot train", "{0} has the activation step, whose gradient is 0 everywhere: in a network that trains, use another, such as Sigmoid");

    public static readonly DiagnosticDescriptor NothingTrains = Error("SN0018", "Nothing trains", "{0} trains, but no trainable parameter reaches a loss: unfreeze a layer or remove [Training]");

    public static readonly DiagnosticDescriptor UnusedLayer = Warning("SN0019", "Nothing uses a layer's output", "Nothing uses the output of {0}: use it in a layer below or in a loss, or remove the layer");

    public static readonly DiagnosticDescriptor TooLargeInTotal = Error("SN0020", "A network is too large in total", "{0} has {1} {2}; code is generated for at most {3}");

    public static readonly DiagnosticDescriptor RecursiveBlock = Error("SN0021", "A block contains itself", "A block cannot contain itself, but {0}");

    public static readonly DiagnosticDescriptor NotANetwork = Error("SN0022", "An inference twin needs a network", "[InferenceOf] takes a class with [Network], but {0} has none");

    public static readonly DiagnosticDescriptor TwinAttribute = Error("SN0023", "An inference twin takes everything from its network", "[{0}] cannot be used with [InferenceOf]: {1} takes its layers from {2}, and does not train");

    public static readonly DiagnosticDescriptor GeneratorFault = Error("SN0024", "The generator failed", "The generator failed on {0}. This is a fault of the generator, not of your code; please report it: {1}");

    public static readonly DiagnosticDescriptor NotMarked = Error("SN0025", "A network is not marked as one", "{0} has [Training] but no [Network], so no code is generated for it: add [Network]");

    public static readonly DiagnosticDescriptor LossAlone = Error("SN0026", "A loss takes the class from another loss", "{0} takes the class from a loss whose target is a class index: add one, such as [SoftmaxCrossEntropyLoss]");

    public static readonly DiagnosticDescriptor LastAxis = Warning("SN0027", "A layer works over the last axis, not over the channels", "{0} works over the last axis of {1}, the {2}, also with Layout.ChannelsLast: to work over the channels, put [Permute({3})] before it and [Permute({4})] after it");

    public static readonly DiagnosticDescriptor TooLong = Error("SN0028", "A network's code is too long", "{0} would take more than {1} lines of generated code. The generator stopped at {2}. Equal layers share their code; smaller kernels, strides and paddings and Unrolling.Never make the code shorter.");

    public static readonly DiagnosticDescriptor TooManyJoined = Error("SN0029", "A join takes too many layers", "{0} takes {1} layers; code is generated for at most {2}: join them in several steps");

    public static readonly DiagnosticDescriptor WeightsNotFound = Error("SN0030", "A weights file is not found", "\"{0}\" is not among the weights files of the project: {1}");

    public static readonly DiagnosticDescriptor WeightsNotReadable = Error("SN0031", "A weights file cannot be read", "\"{0}\" is not a {1}: {2}");

    public static readonly DiagnosticDescriptor WeightsMisfit = Error("SN0032", "A weights file does not fit the network", "\"{0}\" does not fit {1}: {2}");

    public static readonly DiagnosticDescriptor UnknownAttribute = Error("SN0033", "The generator does not know an attribute", "The generator does not know [{0}], which is none of the {1} of this version: use one of those, and the same version of StaticNet and its generator");

    public static readonly DiagnosticDescriptor OldLanguage = Error("SN0034", "The project's C# version is too old", "Generated code is C# 12, but this project uses C# {0}: set <LangVersion>12</LangVersion> in the project, or remove its LangVersion");

    public static readonly DiagnosticDescriptor LooksChannelsLast = Warning("SN0035", "An input looks channels last", "[Input({0}, {1}, {2})] is {0} channels of {1}×{2}, since shapes are channels first: for {0}×{1} pixels of {2} channels write [Input({2}, {0}, {1})], with Layout = Layout.ChannelsLast if the data have their channels last");

    public static readonly DiagnosticDescriptor HiddenNamespace = Error("SN0036", "A type hides a namespace of generated code", "A type named {0} outside all namespaces hides the namespace {0}, whose types the generated code of {1} uses: rename it, or put it into a namespace");

    public static readonly DiagnosticDescriptor NotTrainable = Error("SN0037", "A network does not train", "{0} cannot be trained by {1}: {2}");

    public static readonly DiagnosticDescriptor NotOptimised = Warning("SN0038", "Networks are compiled without optimisation", "{0} is compiled without optimisation, like everything in a Debug build, and runs many times slower: build with -c Release, or set <Optimize>true</Optimize> in the project (with the networks in a library of their own, the rest stays easy to debug); <StaticNetDebugWarning>false</StaticNetDebugWarning> silences this");

    public static readonly DiagnosticDescriptor VectorWidths = Error("SN0039", "The vector widths are not understood", "StaticNetVectorWidths is \"{0}\", but must name one or more of 128, 256 and 512, such as \"256;512\"");

    public static readonly DiagnosticDescriptor UnusedInput = Warning("SN0040", "Nothing uses an input", "Nothing uses the input {0}: use it in a layer below it, or remove it");

    public static readonly DiagnosticDescriptor DuplicateOutput = Error("SN0041", "Two inputs or outputs have the same name", "The output \"{0}\" has the name of another input or output, \"{1}\": give it another Name");

    public static readonly DiagnosticDescriptor NoSequence = Error("SN0042", "A layer needs a sequence", "{0} looks across steps, but {1}");

    public static readonly DiagnosticDescriptor Expression = Error("SN0043", "An expression is not understood", "The expression \"{0}\" is not understood: at character {1} there is {2}");

    public static readonly DiagnosticDescriptor ConstantOutsideJoin = Error("SN0044", "Only joins take a constant", "{0} is a constant, which only Add, Subtract, Multiply, Divide, Minimum and Maximum take, but {1} takes it");

    public static readonly DiagnosticDescriptor MixedSteps = Error("SN0045", "Outputs and losses have different steps", "{0}: {1} has {2}, but {3} has {4}; all outputs and losses must be of the same kind");

    // An error cannot be turned off: without the network there is no code.
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>A rule about something that compiles.</summary>
    public static DiagnosticDescriptor Advice(string id, string title, string message, DiagnosticSeverity severity, bool isEnabledByDefault = true) =>
        new(id, title, message, Category, severity, isEnabledByDefault, description: null, HelpLink(id));

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, description: null, HelpLink(id), tags);

    /// <summary>The page of a rule: in the repository where its address is known, else in the package.</summary>
    private static string HelpLink(string id) => $"{HelpFolder}docs/diagnostics/{id}.md";
}
