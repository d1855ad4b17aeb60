using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>Chooses the loops of a group.</summary>
internal static class KernelFactory
{
    /// <summary>Makes the kernels of a plan, in order.</summary>
    public static IReadOnlyList<Kernel> Make(Plan plan) => plan.Groups.Select(group => Make(group, plan)).ToArray();

    /// <summary>Makes the kernel of a group of a plan.</summary>
    public static Kernel Make(Group group, Plan plan) => Make(group, plan.Arranged, plan.Arranged.IsOneSample);

    private static Kernel Make(Group group, Arranged arranged, bool isOneSample) => group.Head switch
    {
        Contraction or StepConvolution when arranged.IsPlanar => new StepPlanesKernel(group, arranged),
        Elementwise when arranged.IsPlanar => new StepPlaneElementsKernel(group, arranged),
        InputCopy when arranged.IsPlanar => new StepPlaneInputKernel(group, arranged),
        Contraction contraction when isOneSample && contraction.Output.Type.Rows == 1 => UnrollingPolicy.IsUnrolled(contraction)
            ? new ProductUnrolledKernel(group, arranged)
            : new ProductOneKernel(group, arranged),
        Contraction { Output.Type.Rows: 1 } when arranged.IsStream => new ProductStepsKernel(group, arranged),
        Contraction => new ProductRowsKernel(group, arranged),
        WindowSum { IsDepthwise: true } => new DepthwiseKernel(group, arranged),
        WindowSum => new ConvolutionKernel(group, arranged),
        TransposedWeight => new TransposeKernel(group, arranged),
        RoundedWeight => new RoundedWeightKernel(group, arranged),
        PlaneSum => new PlaneSumKernel(group, arranged),
        PlaneWeightGradient => new PlaneWeightGradientKernel(group, arranged),
        PlaneFrame => new PlaneFrameKernel(group, arranged),
        WinogradConvolution => new WinogradKernel(group, arranged),
        WinogradWeight => new WinogradWeightKernel(group, arranged),
        WindowWeightGradient { IsDepthwise: true } => new DepthwiseWeightGradientKernel(group, arranged),
        WindowWeightGradient => new ConvolutionWeightGradientKernel(group, arranged),
        SampleMoments => new SampleMomentsKernel(group, arranged),
        SampleGradientSums => new SampleGradientSumsKernel(group, arranged),
        BatchMoments { Inputs.Count: 0 } => new RunningMomentsKernel(group, arranged),
        BatchMoments => new BatchMomentsKernel(group, arranged),
        WeightNormScale => new WeightNormScaleKernel(group, arranged),
        WeightNormGradient => new WeightNormGradientKernel(group, arranged),
        BatchCount => new BatchCountKernel(group, arranged),
        BatchNormSums => new BatchNormSumsKernel(group, arranged),
        LayerMoments => new LayerMomentsKernel(group, arranged),
        LayerNormalization => new LayerNormalizationKernel(group, arranged),
        LayerNormGradient => new LayerNormGradientKernel(group, arranged),
        LayerNormParameterGradient => new LayerNormParameterGradientKernel(group, arranged),
        GroupMoments => new GroupMomentsKernel(group, arranged),
        GroupNormalization => new GroupNormalizationKernel(group, arranged),
        GroupNormSums => new GroupNormSumsKernel(group, arranged),
        GroupNormGradient => new GroupNormGradientKernel(group, arranged),
        GroupNormParameterGradient => new GroupNormParameterGradientKernel(group, arranged),
        ChannelSum => new ChannelSumKernel(group, arranged),
        Pooling { Output.Type.IsInPlanes: true } => new PlaneWindowKernel(group, arranged),
        PoolingGradient { Output.Type.IsInPlanes: true } => new PlanePoolingGradientKernel(group, arranged),
        Pooling pooling => new PoolingKernel(group, arranged, pooling.Function),
        Upsampling or UpsamplingGradient => new UpsamplingKernel(group, arranged),
        PoolingGradient => new PoolingGradientKernel(group, arranged),
        ChannelRepetition repetition => new ChannelRepetitionKernel(group, arranged, repetition.Times, isGradient: false),
        ChannelRepetitionGradient repetition => new ChannelRepetitionKernel(group, arranged, repetition.Times, isGradient: true),
        Permutation => new PermutationKernel(group, arranged),
        Mean => new MeanKernel(group, arranged),
        MeanGradient => new MeanGradientKernel(group, arranged),
        Frame => new FrameKernel(group, arranged),
        Elementwise => new ElementsKernel(group, arranged),
        Softmax => new SoftmaxKernel(group, arranged),
        SoftmaxGradient => new SoftmaxGradientKernel(group, arranged),
        MaxOfPieces => new MaxOfPiecesKernel(group, arranged),
        MaxOfPiecesGradient => new MaxOfPiecesGradientKernel(group, arranged),
        Delay when arranged.IsStream => new DelayStepKernel(group, arranged),
        Delay delay => new DelayKernel(group, arranged, delay.Steps, delay.Initial, delay.InitialValue, isGradient: false),
        DelayGradient gradient => new DelayKernel(group, arranged, gradient.Steps, gradient.Initial, initialValue: 0, isGradient: true),
        Recurrence when arranged.IsStream => new RecurrenceStepKernel(group, arranged),
        Recurrence => new RecurrenceKernel(group, arranged),
        RecurrentMask => new RecurrentMaskKernel(group, arranged),
        RecurrenceGradient => new RecurrenceGradientKernel(group, arranged),
        SequenceView => new SequenceViewKernel(group, arranged),
        StepConvolution => new StepConvolutionKernel(group, arranged),
        StepHistory => new StepHistoryKernel(group, arranged),
        StepSelection selection => new StepSelectionKernel(group, arranged, arranged.IsStream ? arranged.StepsOf(selection.Inputs[0]) - 1 : selection.Step, isGradient: false),
        StepSelectionGradient selection => new StepSelectionKernel(group, arranged, selection.Step, isGradient: true),
        InputCopy => new InputCopyKernel(group, arranged),
        Rearrangement => new RearrangementKernel(group, arranged),
        MatrixProduct => new MatrixProductKernel(group, arranged),
        Concatenation => new ConcatenationKernel(group, arranged),
        Dropout => new DropoutKernel(group, arranged),
        Noise => new NoiseKernel(group, arranged),
        CenterUpdate => new CenterUpdateKernel(group, arranged),
        Loss => LossKernel.Of(group, arranged),
        WeightGradient => new WeightGradientKernel(group, arranged),
        SumGradient => new SumGradientKernel(group, arranged),
        ZeroGradient => new ZeroGradientKernel(group, arranged),
        _ => throw new InvalidOperationException($"No kernel for {group.Head.GetType().Name}."),
    };
}
