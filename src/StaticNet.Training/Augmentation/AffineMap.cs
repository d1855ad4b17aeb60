namespace StaticNet.Training.Augmentation;

/// <summary>
/// Where each pixel of a new image is looked for in the old one: x' = XX·x + XY·y + X0, y' = YX·x + YY·y + Y0. Pixels are at whole numbers,
/// x to the right and y down.
/// </summary>
internal readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>
    /// The map of a new image that shows the old one sheared, then scaled and turned about its middle, then shifted. The inverse of
    /// what is done to the image, since it goes from new to old.
    /// </summary>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="angle">Clockwise as one sees it, in radians.</param>
    /// <param name="scale">Over 1 makes what is shown larger.</param>
    /// <param name="shear">Pixels to the right for each pixel down.</param>
    /// <param name="shiftX">Pixels to the right.</param>
    /// <param name="shiftY">Pixels down.</param>
    public static AffineMap About(ImageShape shape, double angle, double scale, double shear, double shiftX, double shiftY)
    {
        // Old to new: p' = s·R·S·(p − m) + m + t with S = (1 k; 0 1), R = (cos −sin; sin cos) where y points down.
        // New to old: p = S⁻¹·R⁻¹·(p' − m − t) / s + m.
        var (sin, cos) = Math.SinCos(angle);
        var (middleX, middleY) = ((shape.Width - 1) / 2.0, (shape.Height - 1) / 2.0);
        var xx = (cos + (shear * sin)) / scale;
        var xy = (sin - (shear * cos)) / scale;
        var yx = -sin / scale;
        var yy = cos / scale;
        var (fromX, fromY) = (middleX + shiftX, middleY + shiftY);
        return new AffineMap(
            xx, xy, middleX - (xx * fromX) - (xy * fromY), yx, yy, middleY - (yx * fromX) - (yy * fromY));
    }
}
