from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from engine.losses import (
    StyleStatistics,
    adversarial_loss,
    brightness_loss,
    calm_loss,
    content_loss,
    gram,
    grid_loss,
    halo_loss,
    hand_loss,
    palette_loss,
    range_loss,
    similarity_loss,
    statistics_loss,
    style_loss,
    style_statistics,
    tone_loss,
    total_variation,
)


def features(seed: int, channels: tuple[int, ...] = (4, 8, 8, 16)) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [torch.rand(2, c, 32 >> i, 32 >> i, generator=generator) for i, c in enumerate(channels)]


def test_gram_is_the_mean_product_of_channels() -> None:
    x = torch.tensor([[[[1.0, 2.0]], [[3.0, 5.0]]]])
    assert torch.equal(gram(x), torch.tensor([[[2.5, 6.5], [6.5, 17.0]]]))


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("memory_format", [torch.contiguous_format, torch.channels_last])
def test_gram_and_mean_and_their_gradient_are_those_of_the_formula(
    memory_format: torch.memory_format, count: int
) -> None:
    x = features(0)[0][:count].to(memory_format=memory_format).requires_grad_(True)
    directions = (
        features(1, (4,))[0].mean((2, 3))[:count],
        torch.rand(count, 4, 4, generator=torch.Generator().manual_seed(2)),
    )

    def value_and_gradient(gram_matrix: torch.Tensor, mean: torch.Tensor) -> list[torch.Tensor]:
        value = (gram_matrix * directions[1]).sum() + (mean * directions[0]).square().sum()
        return [gram_matrix, mean, *torch.autograd.grad(value, x)]

    flat = x.flatten(2)
    expected = value_and_gradient(flat @ flat.mT / flat.shape[2], x.mean((2, 3)))
    for found, wanted in zip(value_and_gradient(*style_statistics([x])[0]), expected, strict=True):
        torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-6)


def test_mean_of_large_maps_in_half_precision_keeps_three_digits() -> None:
    x = torch.rand(1, 8, 384, 256, generator=torch.Generator().manual_seed(0)).bfloat16()
    wanted = x.double().mean((2, 3)).float()
    torch.testing.assert_close(style_statistics([x])[0].mean, wanted, rtol=1e-3, atol=0)


def test_style_loss_ignores_where_things_are_and_sees_what_there_is() -> None:
    a = features(0)
    flipped = [f.flip(2, 3) for f in a]
    assert float(style_loss(flipped, a)) < 1e-4
    assert float(style_loss(features(1), a)) > float(style_loss(flipped, a)) + 0.005
    assert float(style_loss([2 * f for f in a], a)) > 1


def test_hand_loss_is_least_at_the_full_size_where_a_relative_distance_is_least_below() -> None:
    ours, wanted = gram(features(0, (8,))[0]), gram(features(1, (8,))[0] * torch.linspace(0, 1, 8)[:, None, None])
    ours *= wanted.flatten(1).norm(dim=1)[:, None, None] / ours.flatten(1).norm(dim=1)[:, None, None]
    sizes = torch.linspace(0.5, 1.5, 101)

    def best(loss: Callable[[list[StyleStatistics], list[StyleStatistics]], torch.Tensor]) -> float:
        no_mean = torch.zeros(2, 8)
        wanted_statistics = [StyleStatistics(wanted, no_mean)]
        losses = [loss([StyleStatistics(size * ours, no_mean)], wanted_statistics) for size in sizes]
        return float(sizes[torch.stack(losses).argmin()])

    assert best(hand_loss) == pytest.approx(1, abs=0.011)
    assert best(statistics_loss) < 0.95


def test_hand_loss_is_a_relative_distance_where_little_differs() -> None:
    wanted = features(0)
    ours = [x + 0.02 * y for x, y in zip(wanted, features(1), strict=True)]
    pair = style_statistics(ours), style_statistics(wanted)
    assert float(hand_loss(*pair)) == pytest.approx(float(statistics_loss(*pair)), rel=0.02)


def test_content_loss_sees_where_things_are_and_ignores_contrast() -> None:
    a = features(0)
    assert float(content_loss([3 * f + 1 for f in a], a)) < 0.01
    assert float(content_loss([f.flip(2, 3) for f in a], a)) > 0.5


def test_content_loss_and_its_gradient_are_those_of_instance_normalised_features() -> None:
    ours, theirs = [x.requires_grad_(True) for x in features(0)], features(1)

    def expected() -> torch.Tensor:
        distances = []
        for layer in (2, 3):
            a, b = (torch.nn.functional.instance_norm(x[layer]).flatten(1) for x in (ours, theirs))
            distances.append(((a - b).norm(dim=1) / b.norm(dim=1)).mean())
        return torch.stack(distances).mean()

    found, wanted = content_loss(ours, theirs), expected()
    torch.testing.assert_close(found, wanted)
    for a, b in zip(*(torch.autograd.grad(value, ours[2:]) for value in (found, wanted)), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-7)


def test_content_loss_and_its_gradient_are_numbers_where_features_are_large_and_flat() -> None:
    theirs = [torch.full((1, 4, 24, 24), 317.3) for _ in range(2)]
    ours = [x.clone().requires_grad_(True) for x in theirs]
    loss = content_loss(ours, theirs)
    assert float(loss.detach()) < 1
    assert all(gradient.isfinite().all() for gradient in torch.autograd.grad(loss, ours))


def test_content_loss_needs_the_last_layers_only() -> None:
    ours, theirs = features(0), features(1)
    assert torch.equal(content_loss(ours, theirs), content_loss(ours, theirs[1:]))


def test_brightness_loss_tells_a_negative_from_a_dim_copy() -> None:
    image = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    image = torch.nn.functional.interpolate(image[..., :4, :4], size=64, mode="bilinear")
    assert float(brightness_loss(image * 0.5 + 0.2, image)) < 0.05
    assert float(brightness_loss(1 - image, image)) > 1.8


def test_range_loss_counts_only_what_will_be_clipped() -> None:
    assert float(range_loss(torch.tensor([0.0, 0.5, 1.0]))) == 0
    assert float(range_loss(torch.tensor([-0.5, 0.5, 1.5]))) == pytest.approx(1 / 3)


def test_total_variation_is_zero_for_a_flat_picture_only() -> None:
    assert float(total_variation(torch.full((1, 3, 8, 8), 0.3))) == 0
    assert float(total_variation(torch.eye(8).expand(1, 3, 8, 8))) > 0.1


def test_adversarial_loss_is_binary_cross_entropy_with_smoothed_labels() -> None:
    sure = [torch.full((1, 1, 2, 2), 20.0)]
    assert float(adversarial_loss(sure, real=True)) < 1e-6
    assert float(adversarial_loss(sure, real=False)) > 19
    assert float(adversarial_loss(sure, real=True, label=0.9)) == pytest.approx(2.0, abs=0.01)


def test_gradients_stay_finite_where_nothing_differs() -> None:
    image = torch.full((1, 3, 32, 32), 0.5, requires_grad=True)
    maps = [image, image[..., ::2, ::2], image[..., ::4, ::4], image[..., ::8, ::8]]
    still = [m.detach() for m in maps]
    loss = style_loss(maps, still) + content_loss(maps, still) + brightness_loss(image, image.detach())
    loss.backward()
    assert image.grad is not None
    assert image.grad.isfinite().all()


def test_similarity_loss_is_one_minus_ssim() -> None:
    flat = torch.full((1, 3, 64, 64), 0.5)
    edge = flat.clone()
    edge[..., 32:] = 0.9
    near = (edge + 0.02 * torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))).clamp(0, 1)

    assert float(similarity_loss(edge, edge)) == pytest.approx(0, abs=1e-5)
    assert 0 < float(similarity_loss(near, edge)) < float(similarity_loss(flat, edge))
    assert float(similarity_loss(1 - edge, edge)) > 0.05
    with torch.autocast("cpu", torch.bfloat16):
        assert float(similarity_loss(near, edge)) == pytest.approx(float(similarity_loss(near, edge)), abs=1e-4)
        assert float(similarity_loss(edge, edge)) == pytest.approx(0, abs=1e-4), "half precision has no say here"


def test_palette_loss_sees_colours_and_contrast_and_not_where_they_are() -> None:
    picture = torch.rand(2, 3, 32, 32) * torch.tensor([0.9, 0.5, 0.3])[:, None, None]
    assert float(palette_loss(picture.flip(3), picture)) < 0.01
    assert float(palette_loss(picture + 0.1, picture)) > 0.1
    dim = (picture - picture.mean((2, 3), keepdim=True)) * 0.8 + picture.mean((2, 3), keepdim=True)
    assert float(palette_loss(dim, picture)) == pytest.approx(1 - 0.8**2, rel=0.05)
    assert float(palette_loss(picture.flip(1), picture)) > 0.5


def test_tone_loss_sees_a_glow_and_no_strokes() -> None:
    sky = torch.full((1, 3, 64, 64), 0.6)
    down, across = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
    glow = 0.3 * torch.exp(-((down - 32).square() + (across - 32).square()) / 200)
    strokes = 0.3 * torch.where((across // 4) % 2 == 0, 1.0, -1.0)
    assert float(tone_loss(sky, sky)) == 0
    assert float(tone_loss(sky + strokes, sky)) < 1e-6
    assert float(tone_loss(sky + glow, sky)) > 0.01
    spread = torch.full_like(sky, float(glow.mean()))
    assert float(tone_loss(sky + glow, sky)) > 2 * float(tone_loss(sky + spread, sky))


def test_halo_loss_is_about_lines_along_edges_and_nothing_else() -> None:
    edge = torch.full((1, 3, 64, 64), 0.3)
    edge[..., 32:] = 0.7
    line = edge.clone()
    line[..., 33] = 1.0
    strokes = edge.clone()
    strokes[..., :16] += 0.3

    assert float(halo_loss(edge, edge)) == 0
    assert float(halo_loss(line, edge)) > 0.01
    assert float(halo_loss(strokes, edge)) < 0.2 * float(halo_loss(line, edge))
    assert float(halo_loss(edge.clamp(0.35, 0.65), edge)) == 0


@pytest.mark.parametrize(("height", "width", "window"), [(40, 56, 15), (5, 7, 15), (33, 20, 7), (8, 8, 3)])
def test_surroundings_reach_as_far_as_the_window(height: int, width: int, window: int) -> None:
    generator = torch.Generator().manual_seed(0)
    image = torch.rand(2, 3, height, width, generator=generator) - 0.5
    highest = torch.nn.functional.max_pool2d(image, window, 1, window // 2)
    lowest = -torch.nn.functional.max_pool2d(-image, window, 1, window // 2)
    within = torch.where(torch.rand(image.shape, generator=generator) < 0.5, highest, lowest)
    assert float(halo_loss(within, image, window)) == 0
    beyond = within + torch.where(within == highest, 0.05, -0.05)
    assert float(halo_loss(beyond, image, window)) > 0


def test_calm_loss_is_about_skies_that_the_works_would_leave_alone() -> None:
    random = torch.Generator().manual_seed(0)
    flecks = 0.03 * torch.randn(1, 3, 64, 64, generator=random)
    sky = torch.full((1, 3, 64, 64), 0.5)
    grass = sky + 0.1 * torch.randn(1, 3, 64, 64, generator=random)
    calm, lively = 0.004, 0.05

    assert float(calm_loss(sky, sky, calm)) == 0
    assert float(calm_loss(sky + flecks, sky, calm)) > 0.005
    assert float(calm_loss(sky + flecks, sky, lively)) == 0
    assert float(calm_loss(grass + 5 * flecks, grass, calm)) == 0
    light = torch.linspace(0.2, 0.8, 64).expand(1, 3, 64, 64)
    assert float(calm_loss(light, sky, calm)) == 0


def test_grid_loss_sees_a_pattern_and_no_strokes() -> None:
    flat = torch.full((1, 3, 128, 128), 0.5)
    pattern = flat.clone()
    pattern[..., ::4] += 0.05
    strokes = flat + 0.05 * torch.randn(1, 3, 128, 128, generator=torch.Generator().manual_seed(0))

    assert float(grid_loss(pattern, flat)) > 0.015
    assert float(grid_loss(strokes, flat)) < 0.005
    assert float(grid_loss(flat, flat)) < 1e-3
