import torch

from engine.networks.color_transfer import (
    QUANTILES,
    ColorCorrection,
    color_correction,
    color_quantiles,
    color_statistics,
    correct_colors,
    keep_in_palette,
    match_quantiles,
    palette_of,
    sample_pixels,
)


def _picture(seed: int, low: float = 0.0, high: float = 1.0) -> torch.Tensor:
    return low + (high - low) * torch.rand(1, 3, 64, 80, generator=torch.Generator().manual_seed(seed))


def _quantiles(image: torch.Tensor) -> torch.Tensor:
    return color_quantiles(sample_pixels(image))


def test_quantiles_rise_from_the_darkest_to_the_lightest():
    image = _picture(0)

    quantiles = _quantiles(image)

    assert quantiles.shape == (1, 3, QUANTILES)
    assert (quantiles.diff(dim=2) >= 0).all()
    assert torch.allclose(quantiles[..., QUANTILES // 2], image.flatten(2).median(2).values, atol=0.02)


def test_a_large_picture_is_sampled_all_over():
    image = torch.zeros(1, 3, 1000, 2000)
    image[..., 1000:] = 1

    sample = sample_pixels(image)

    assert sample.shape[2] < 40_000
    assert abs(float(sample.mean()) - 0.5) < 0.01


def test_the_distribution_becomes_the_wanted_one():
    image, other = _picture(1), _picture(2, 0.3, 0.9) ** 2

    matched = match_quantiles(image, _quantiles(image), _quantiles(other), 6.0)

    assert torch.allclose(_quantiles(matched), _quantiles(other), atol=0.02)


def test_black_and_white_becomes_black_and_white_without_amplifying_noise():
    paper = (_picture(3) > 0.5).float()
    soft = _picture(4)
    flat = 0.5 + 0.01 * (_picture(5) - 0.5)

    assert ((match_quantiles(soft, _quantiles(soft), _quantiles(paper), 6.0) - 0.5).abs() > 0.25).float().mean() > 0.6
    assert match_quantiles(flat, _quantiles(flat), _quantiles(paper), 6.0).std() < 0.03


def test_light_stays_lighter_than_dark():
    ramp = torch.linspace(0, 1, 256).view(1, 1, 1, 256).expand(1, 3, 4, 256).contiguous()

    matched = match_quantiles(ramp, _quantiles(ramp), _quantiles(_picture(6) ** 3), 6.0)

    assert (matched.diff(dim=3) >= -1e-6).all()


def test_its_own_distribution_changes_nothing():
    image = _picture(7, 0.2, 0.8)

    assert torch.allclose(match_quantiles(image, _quantiles(image), _quantiles(image), 6.0), image, atol=0.01)


def _correction(image: torch.Tensor, style: torch.Tensor) -> ColorCorrection:
    return color_correction(sample_pixels(image), *color_statistics(style), _quantiles(style))


def test_a_correction_learns_which_colours_go_together():
    grey = _picture(8)[:, :1].expand(1, 3, 64, 80)
    style = 0.2 + 0.6 * grey
    painted = _picture(9)  # the same curves, but red, green and blue go their own ways

    corrected = correct_colors(painted, _correction(painted, style))

    distances = [
        float((color_statistics(picture)[1] - color_statistics(style)[1]).norm())
        for picture in (match_quantiles(painted, _quantiles(painted), _quantiles(style), 2.0), corrected)
    ]
    assert distances[1] < 0.7 * distances[0]
    assert torch.allclose(color_statistics(corrected)[0], color_statistics(style)[0], atol=0.02)


def test_a_correction_towards_its_own_colours_changes_nothing():
    image = _picture(10, 0.2, 0.8)

    assert torch.allclose(correct_colors(image, _correction(image, image)), image, atol=0.02)


def test_a_correction_keeps_what_is_flat_flat():
    flat = 0.5 + 0.01 * (_picture(11) - 0.5)

    assert correct_colors(flat, _correction(flat, _picture(12))).std() < 0.02


def _luminance(image: torch.Tensor) -> torch.Tensor:
    return (image * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1)


def test_colours_that_a_style_lacks_are_drawn_back_and_keep_their_brightness():
    brightness, hue = _picture(13)[:, :1], _picture(14)[:, :1] - 0.5
    style = 0.2 + 0.6 * brightness + hue * torch.tensor([0.2, 0.0, -0.2]).view(1, 3, 1, 1)  # from orange to blue
    painted = style.clone()
    painted[..., :4] = torch.tensor([0.0, 1.0, 0.0]).view(1, 3, 1, 1)
    palette = palette_of(*color_statistics(style))

    kept = keep_in_palette(painted, style, palette)

    assert torch.allclose(kept[..., 4:], painted[..., 4:], atol=1e-3)
    assert torch.allclose(_luminance(kept), _luminance(painted), atol=1e-4)
    assert (kept[..., :4].amax(1) - kept[..., :4].amin(1)).max() < 0.5
    assert torch.allclose(keep_in_palette(painted, painted, palette), painted)  # the content image has them


def test_black_and_white_stay_where_a_style_has_few_of_them():
    style = 0.6 + 0.1 * (_picture(15)[:, :1] - 0.5) + 0.02 * (_picture(16) - 0.5)
    painted = style.clone()
    painted[..., :4], painted[..., 4:8] = 0, 1

    kept = keep_in_palette(painted, style, palette_of(*color_statistics(style)))

    assert torch.allclose(kept, painted, atol=0.05)


def test_covariance_is_exact_where_networks_compute_in_half_precision():
    image = _picture(0)
    with torch.autocast("cpu", torch.bfloat16):
        mean, covariance = color_statistics(image)
    assert covariance.dtype == torch.float32
    assert torch.equal(covariance, color_statistics(image)[1])
    assert torch.equal(mean, color_statistics(image)[0])
