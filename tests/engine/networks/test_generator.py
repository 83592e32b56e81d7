from __future__ import annotations

import copy

import pytest
import torch

from engine.networks.discriminator import Discriminator, PatchClassifier, judged
from engine.networks.encoder import FEATURE_STRIDES, FEATURE_WIDTHS, Encoder
from engine.networks.feature_transfer import feature_matrix, feature_statistics, move_features
from engine.networks.generator import Generator, Layer
from engine.networks.perceptual import VGG16, PerceptualNetwork
from engine.networks.style_code import CODE_SIZE, SUMMARY_SIZE, join_code, split_code


@pytest.fixture(scope="module")
def generator() -> Generator:
    """An untrained generator that does paint: its last layers start at zero otherwise."""
    torch.manual_seed(0)
    generator = Generator().eval().requires_grad_(False)
    for layer in (generator.to_pixels, generator.modulation[-1], generator.noise_gain[-1]):
        assert isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))
        torch.nn.init.normal_(layer.weight, std=0.02)
    return generator


def picture(seed: int, height: int = 48, width: int = 64) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


def test_encoder_maps_have_the_documented_widths_and_sizes() -> None:
    maps = Encoder()(picture(0, 32, 64))
    assert [m.shape for m in maps] == [
        (1, width, 32 // stride, 64 // stride) for width, stride in zip(FEATURE_WIDTHS, FEATURE_STRIDES, strict=True)
    ]


def test_perceptual_network_returns_what_its_teacher_returns_in_shape() -> None:
    image = picture(0, 32, 48)
    with torch.no_grad():
        ours, teachers = PerceptualNetwork()(image), VGG16()(image)
    assert [f.shape for f in ours] == [f.shape for f in teachers]


@pytest.mark.parametrize("network", [PerceptualNetwork, VGG16])
def test_the_first_perceptual_maps_can_be_left_out(network: type[PerceptualNetwork | VGG16]) -> None:
    judge = network().eval()
    with torch.inference_mode():
        every, later = judge(picture(0, 32, 40)), judge(picture(0, 32, 40), last=3)
    assert len(later) == len(every) - 1
    assert all(torch.equal(a, b) for a, b in zip(every[1:], later, strict=True))


@pytest.mark.parametrize(("height", "width"), [(1, 1), (16, 16), (17, 31), (8, 200), (123, 45)])
def test_result_has_the_size_of_the_content_image(generator: Generator, height: int, width: int) -> None:
    result = generator(picture(0, height, width), picture(1))
    assert result.shape == (1, 3, height, width)
    assert result.isfinite().all()


def test_strength_zero_is_the_content_image_and_more_strength_is_farther_from_it(generator: Generator) -> None:
    content, style = picture(0), picture(1) ** 3
    results = [generator(content, style, strength) for strength in (0.0, 0.3, 0.6, 1.0)]
    distances = [float((result - content).abs().mean()) for result in results]
    assert distances[0] == 0
    assert distances == sorted(distances)
    assert distances[-1] > 0.02


def test_colours_of_the_result_follow_the_style_before_any_training() -> None:
    content, style = picture(0), picture(1) * torch.tensor([0.2, 0.5, 0.9]).view(1, 3, 1, 1)
    with torch.no_grad():
        result = Generator()(content, style)
    assert torch.allclose(result.mean((2, 3)), style.mean((2, 3)), atol=0.03)
    assert torch.allclose(result.std((2, 3)), style.std((2, 3)), atol=0.05)


def test_light_stays_light_when_colours_move() -> None:
    content = torch.linspace(0, 1, 64).view(1, 1, 1, 64).expand(1, 3, 32, 64)
    with torch.no_grad():
        result = Generator()(content, picture(1))
    columns = result.mean((0, 1, 2))
    assert (columns.diff() >= -1e-5).all()


def test_a_flat_picture_has_no_frame_and_no_grid(generator: Generator) -> None:
    generator = copy.deepcopy(generator)
    torch.nn.init.zeros_(generator.noise_gain[-1].weight)  # type: ignore[arg-type]  # the noise is meant to differ
    result = generator(torch.full((1, 3, 64, 96), 0.4), picture(1))
    # The four pixels that come out of one step may differ; the same pixel of another step may not.
    steps = result.unfold(2, 2, 2).unfold(3, 2, 2)
    assert float((steps - steps[:, :, :1, :1]).abs().max()) < 1e-4


def test_codes_can_be_blended_and_a_blend_lies_between(generator: Generator) -> None:
    first, second = generator.style_code(picture(1)), generator.style_code(picture(2) * 0.3)
    assert first.shape == (1, CODE_SIZE)
    content = generator.encode(picture(0))
    own = generator.appearance(content)
    results = [generator.decode(content, [Layer(first.lerp(second, share), own)]) for share in (0.0, 0.5, 1.0)]
    from_first = (results[1] - results[0]).abs().mean()
    from_second = (results[1] - results[2]).abs().mean()
    whole = (results[2] - results[0]).abs().mean()
    assert from_first < whole
    assert from_second < whole


def test_a_batch_gives_what_its_pictures_give_one_by_one(generator: Generator) -> None:
    content, style = torch.cat([picture(0), picture(3)]), torch.cat([picture(1), picture(2)])
    together = generator(content, style)
    for number in range(2):
        alone = generator(content[number : number + 1], style[number : number + 1])
        assert torch.allclose(together[number : number + 1], alone, atol=1e-4)


def test_codes_come_apart_and_together_again(generator: Generator) -> None:
    code = generator.style_code(picture(1))
    assert torch.equal(join_code(split_code(code)), code)


def test_moved_features_have_the_mean_and_covariance_asked_for() -> None:
    random = torch.Generator().manual_seed(0)
    mix = torch.randn(5, 5, generator=random)
    features = torch.randn(2, 5, 32, 32, generator=random)
    wanted = feature_statistics((torch.randn(2, 32, 32, 5, generator=random) @ mix + 0.7).permute(0, 3, 1, 2))
    own = feature_statistics(features)
    moved = feature_statistics(move_features(features, feature_matrix(own, wanted), own.mean, wanted.mean))
    assert torch.allclose(moved.mean, wanted.mean, atol=1e-3)
    # Faint variance does not count, so the covariance is met but for a share.
    error = (moved.covariance - wanted.covariance).norm() / wanted.covariance.norm()
    assert float(error) < 0.2
    # The map is symmetric and positive: nothing is turned into its opposite.
    matrix = feature_matrix(own, wanted)
    assert torch.allclose(matrix, matrix.mT, atol=1e-4)
    assert float(torch.linalg.eigvalsh(matrix).min()) > 0


def test_a_tile_with_a_margin_is_what_the_whole_is_there(generator: Generator) -> None:
    image = picture(0, 400, 440)
    whole_features = generator.encode(image)
    layer = Layer(generator.style_code(picture(1)), generator.appearance(whole_features))
    painted = generator.paint(whole_features, [layer])
    layer = layer._replace(correction=generator.color_corrections(painted, [layer])[0])
    whole = generator.decode(whole_features, [layer])
    tile = generator.decode(generator.encode(image[..., 96:304, 104:320]), [layer], origin=(96, 104))
    core = tile[..., 96:112, 96:120]
    assert torch.allclose(core, whole[..., 192:208, 200:224], atol=1e-4)
    moved_noise = generator.decode(generator.encode(image[..., 96:304, 104:320]), [layer])
    assert not torch.allclose(core, moved_noise[..., 96:112, 96:120], atol=1e-4)


def test_nothing_is_painted_that_changes_like_the_squares_of_a_chessboard(generator: Generator) -> None:
    """Over a flat picture, so that everything fine is painted."""
    generator = copy.deepcopy(generator)
    torch.nn.init.normal_(generator.to_pixels.weight, std=0.3)
    content = generator.encode(torch.full((1, 3, 128, 128), 0.5))
    painted = generator.paint(content, [Layer(generator.style_code(picture(1)), generator.appearance(content))])
    spectrum = torch.fft.fft2(painted - painted.mean((2, 3), keepdim=True)).abs().mean((0, 1))
    corner, edges = spectrum[60:69, 60:69].mean(), torch.stack([spectrum[60:69, :9], spectrum[:9, 60:69]]).mean()
    assert float(corner) < 0.15 * float(edges)


@pytest.mark.parametrize("has_regions", [False, True])
def test_strokes_bring_no_colours_that_the_style_has_nowhere(generator: Generator, has_regions: bool) -> None:
    generator = copy.deepcopy(generator)
    torch.manual_seed(4)
    torch.nn.init.normal_(generator.to_pixels.weight, std=2.0)
    content = generator.encode(picture(0, 64, 64))
    grey = picture(1)[:, :1].expand(1, 3, 48, 64).contiguous()
    layer = Layer(generator.style_code(grey), generator.appearance(content))
    left = (torch.arange(64) < 32).float().expand(1, 1, 64, 64)
    layers = [layer._replace(share=left), layer._replace(share=1 - left)] if has_regions else [layer]
    painted, recolored = generator.paint(content, layers), generator.recolor(content, layer)
    strokes, own = (image.amax(1) - image.amin(1) for image in (painted, recolored))
    assert (painted - recolored).abs().max() > 0.5  # it does paint
    assert strokes.max() < max(0.3, 1.5 * float(own.max()))


def test_layers_with_shares_melt_and_alone_are_the_whole(generator: Generator) -> None:
    content = generator.encode(picture(0, 200, 320))
    own = generator.appearance(content)
    first, second = (generator.style_code(picture(number) ** number) for number in (1, 2))
    left = torch.zeros(1, 1, 200, 320)
    left[..., :160] = 1
    mixed = generator.decode(content, [Layer(first, own, 1.0, left), Layer(second, own, 1.0, 1 - left)])
    one, other = (generator.decode(content, [Layer(code, own)]) for code in (first, second))
    # Only the correction of colours, measured on either half, is a little another.
    assert float((mixed - one)[..., :40].abs().mean()) < 0.25 * float((one - other)[..., :40].abs().mean())
    assert float((mixed - other)[..., -40:].abs().mean()) < 0.25 * float((one - other)[..., -40:].abs().mean())
    same = generator.decode(content, [Layer(first, own, 1.0, 0.3 + 0 * left), Layer(first, own, 1.0, 0.7 + 0 * left)])
    assert torch.allclose(same, one, atol=0.04)


def test_the_appearance_of_a_region_is_that_of_its_pixels(generator: Generator) -> None:
    image = picture(0, 128, 256)
    image[..., 128:] = image[..., 128:] * 0.2
    left = torch.zeros(1, 1, 128, 256)
    left[..., :128] = 1
    content = generator.encode(image)
    region = split_code(generator.appearance(content, left).code)
    alone = split_code(generator.appearance(generator.encode(image[..., :128])).code)
    assert torch.allclose(region.color_mean, alone.color_mean, atol=1e-3)
    assert torch.allclose(region.color_covariance, alone.color_covariance, atol=1e-3)
    for ours, theirs in zip(region.statistics, alone.statistics, strict=True):
        assert float((ours.mean - theirs.mean).norm() / theirs.mean.norm()) < 0.1


def test_discriminator_judges_patches_and_depends_on_the_style() -> None:
    torch.manual_seed(0)
    discriminator = Discriminator()
    features = PerceptualNetwork()(picture(0, 64, 64))
    discriminator.set_scales(judged(features))
    with torch.no_grad():
        for classifier in discriminator.classifiers:
            assert isinstance(classifier, PatchClassifier)
            classifier.embed.weight.normal_()
    judgements = discriminator(judged(features), torch.zeros(1, SUMMARY_SIZE))
    assert len(judgements) == 3
    assert all(logits.ndim == 4 and logits.shape[1] == 1 and logits.shape[2] > 1 for logits in judgements)
    others = discriminator(judged(features), torch.randn(1, SUMMARY_SIZE, generator=torch.Generator().manual_seed(1)))
    assert any(not torch.allclose(a, b) for a, b in zip(judgements, others, strict=True))


def test_discriminator_sees_features_of_usual_size_whatever_theirs_is() -> None:
    torch.manual_seed(0)
    discriminator, code = Discriminator(), torch.zeros(1, SUMMARY_SIZE)
    features = [x + 0.1 for x in PerceptualNetwork()(picture(0, 64, 64))]
    discriminator.set_scales(judged(features))
    judgements = discriminator(judged(features), code)
    larger = [100 * x for x in features]
    discriminator.set_scales(judged(larger))
    assert all(
        torch.allclose(a, b, atol=1e-4) for a, b in zip(judgements, discriminator(judged(larger), code), strict=True)
    )


def test_discriminator_sees_what_augmentation_has_made_of_features() -> None:
    torch.manual_seed(0)
    discriminator, code = Discriminator(), torch.zeros(1, SUMMARY_SIZE)
    features = judged(PerceptualNetwork()(picture(0, 64, 64)))
    plain = discriminator(features, code)
    same = discriminator(features, code, lambda maps: maps)
    blank = discriminator(features, code, lambda maps: [torch.zeros_like(x) for x in maps])
    assert all(torch.equal(a, b) for a, b in zip(plain, same, strict=True))
    assert not any(torch.allclose(a, b) for a, b in zip(plain, blank, strict=True))


@pytest.mark.parametrize("network", [PerceptualNetwork, VGG16])
def test_first_features_can_be_had_of_every_other_pixel_alone(network: type[PerceptualNetwork | VGG16]) -> None:
    torch.manual_seed(0)
    judge = network().eval().requires_grad_(False)
    whole, sampled = judge(picture(0)), judge(picture(0), sampled=True)
    assert torch.allclose(whole[0][..., ::2, ::2], sampled[0], atol=1e-5)
    assert all(torch.equal(a, b) for a, b in zip(whole[1:], sampled[1:], strict=True))
    assert len(judge(picture(0), 2, sampled=True)) == 2
