namespace StaticNet;

/// <summary>
/// ½‖x − c‖², where c is the centre of the sample's class: pulls the features of each class together, as a second loss in
/// addition to a classification loss. Wen et al., "A Discriminative Feature Learning Approach for Deep Face Recognition", 2016.
/// </summary>
/// <remarks>
/// <para><see cref="LossAttribute.From"/> names the layer of the features, one axis. The class is the target of the network's
/// first loss whose target is a class index, so this loss has no targets of its own. <see cref="LossAttribute.Weight"/> is λ,
/// 0.003 in the paper; one term per sample: <see cref="LossAttribute.Reduction"/> has no effect.</para>
/// <para>The centres (<c>loss2.centers</c> [class, feature] if this is the second loss) start at zero and are kept with the
/// parameters. No optimizer changes them: each training step moves c by −rate · Σ(c − x) / (1 + n) over the n samples of its
/// class in the batch, whatever their weights.</para>
/// </remarks>
public sealed class CenterLossAttribute : LossAttribute
{
    /// <summary>How far the centres move towards the features at each step, above 0 and up to 1. Default: 0.5.</summary>
    public float Rate { get; set; } = Defaults.CenterRate;
}
