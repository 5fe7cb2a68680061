"""Every feature of the program as a command line: what is traced, and what the built file must do.

A sub-command or option that no feature uses fails tests/packaging/test_features.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_SAMPLES: Final = _ROOT / "resources" / "samples" / "digits.jsonl"
_SHIPPED: Final = _ROOT / "models" / "digits.keras"
_PATIENCE_S: Final = 900
_DIGITS_A_LINE: Final = 8
_LESSONS: Final = 40
"""So few that all of them fit into a pipe at once."""
_MANY: Final = 120
"""So many pictures are opened by processes of their own."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A command line; {names} in it become paths. It may use the files of earlier ones.

    files: what it makes, the same at each run on one machine; of networks the weights are.
    prints_same: whether its standard output is, too; standard error always is. typed: a file whose
    content and an empty line are typed into it.
    """

    name: str
    arguments: tuple[str, ...]
    files: tuple[str, ...] = ()
    prints_same: bool = True
    typed: str = ""

    def arguments_in(self, work: Path) -> list[str]:
        """The command line for a folder that prepare() filled."""
        return [argument.format(**_known(work)) for argument in self.arguments]

    def typed_in(self, work: Path) -> bytes:
        """What is typed."""
        if not self.typed:
            return b""
        return Path(self.typed.format(**_known(work))).read_bytes() + b"\n"


def _known(work: Path) -> dict[str, str]:
    return {"work": str(work), "samples": str(_SAMPLES), "shipped": str(_SHIPPED)}


_LEARNING: Final = ("--data", "synthetic:240", "--data", "non-digits:60", "--json")

FEATURES: Final = (
    Feature("the version", ("--version",)),
    Feature(
        "drawing with the synthetic pen",
        (
            *("synthetic", "--count", "60", "--seed", "3", "--kind", "digits"),
            *("--sheet", "{work}/sheet.png", "--out", "{work}/pen.jsonl.gz"),
        ),
        ("sheet.png",),
    ),
    Feature(
        "drawing what is no digit",
        (
            *("synthetic", "--count", "40", "--kind", "non-digits"),
            *("--out", "{work}/none.jsonl", "--json"),
        ),
        ("none.jsonl",),
    ),
    Feature("reading drawings", ("recognize", "--json", "{samples}")),
    Feature(
        "reading pictures",
        (
            "recognize",
            "--model",
            "{shipped}",
            *(f"{{work}}/pictures/{d}/{d}.{s}" for d, s in enumerate(("png", "jpg", "bmp", "gif"))),
            "{work}/pictures/4/4.webp",
            "{work}/pictures/5/5.tiff",
        ),
    ),
    Feature("reading many pictures", ("recognize", "--json", "{work}/many")),
    Feature("reading a page of numbers", ("recognize", "--json", "{work}/page.png")),
    Feature(
        "training",
        (
            *("train", *_LEARNING, "--preset", "quick", "--network", "small", "--epochs", "2"),
            *("--batch-size", "64", "--learning-rate", "0.002", "--optimizer", "adamw"),
            *("--dropout", "0.2", "--label-smoothing", "0.02", "--validation-share", "0.2"),
            *("--fold", "1", "--renderings", "2", "--variation", "0.5", "--averaging", "0.9"),
            *("--seed", "5", "--target", "0.01", "--out", "{work}/small.keras"),
        ),
        ("small.keras",),
        prints_same=False,
    ),
    Feature(
        "training from weights, with all that varies",
        (
            *("train", *_LEARNING, "--network", "digits", "--epochs", "1", "--variation", "1"),
            *("--from", "{shipped}", "--optimizer", "adam", "--out", "{work}/digits.h5"),
        ),
        ("digits.h5",),
        prints_same=False,
    ),
    Feature(
        "training on files, the first recipe",
        (
            *("train", "--preset", "lenet", "--epochs", "1", "--data", "{work}/digits.npz"),
            *("--writers", "{work}/writers.npz", "--data", "{work}/pictures"),
            *("--data", "{work}/pen.jsonl.gz", "--json", "--out", "{work}/lenet.keras"),
        ),
        ("lenet.keras",),
        prints_same=False,
    ),
    Feature(
        "training in half precision on all devices",
        (
            *("train", *_LEARNING, "--network", "small", "--epochs", "1", "--fading", "0.5"),
            *("--precision", "bfloat16", "--strategy", "mirrored", "--out", "{work}/half.keras"),
        ),
        ("half.keras",),
        prints_same=False,
    ),
    Feature(
        "training as a child",
        (
            *("train", "--data", "synthetic:200", "--from", "{shipped}", "--epochs", "1"),
            *("--events", "--watch", "{samples}", "--compare", "{shipped}"),
            *("--out", "{work}/child.keras"),
        ),
        ("child.keras",),
        prints_same=False,
    ),
    Feature(
        "measuring two networks",
        (
            *("evaluate", "{work}/pen.jsonl.gz", "--compare", "{work}/small.keras"),
            *("--limit", "30", "--seed", "2", "--sheet", "{work}/mistakes.png", "--json"),
        ),
        ("mistakes.png",),
    ),
    Feature(
        "measuring on held-out writers",
        ("evaluate", "{work}/digits.npz", "--part", "held-out", "--writers", "{work}/writers.npz"),
    ),
    Feature(
        "composing numbers",
        (
            *("numbers", "--make", "{work}/pen.jsonl.gz", "--out", "{work}/numbers.jsonl"),
            *("--spacing", "touching", "--count", "4", "--seed", "1", "--leave-out", "2, 5-6"),
            *("--pictures", "{work}/pages", "--json"),
        ),
        ("numbers.jsonl", "pages/pages.jsonl"),
    ),
    Feature("reading numbers", ("recognize", "--json", "{work}/numbers.jsonl")),
    Feature("measuring numbers", ("evaluate", "{work}/numbers.jsonl", "--json")),
    Feature(
        "measuring over changes",
        (
            *("evaluate", "{samples}", "--model", "{shipped}", "--sweep"),
            *("--csv", "{work}/sweep.csv", "--picture", "{work}/sweep.png"),
        ),
        ("sweep.csv", "sweep.png"),
    ),
    Feature(
        "measuring what lessons would do",
        (
            *("evaluate", "{work}/lessons.jsonl", "--adapt", "2", "--repeat", "1"),
            "--json",
        ),
    ),
    Feature(
        "learning a hand",
        (
            *("learn", "--strokes", "{work}/lessons.jsonl", "--model", "{shipped}"),
            *("--out", "{work}/learnt.keras", "--json"),
        ),
        prints_same=False,
    ),
    Feature(
        "learning a hand as a child",
        ("learn", "--events", "--out", "{work}/taught.keras"),
        prints_same=False,
        typed="{work}/lessons.jsonl",
    ),
    Feature("taking drawings into the history", ("history", "import", "{work}/lessons.jsonl")),
    Feature(
        "taking them in once more",
        ("history", "import", "--person", "Me", "--json", "{work}/lessons.jsonl"),
    ),
    Feature("listing drawings", ("history", "list", "--person", "Me", "--json"), prints_same=False),
    *(
        Feature(
            f"saving drawings as {name}",
            ("history", "export", "--person", "Me", "--json", f"{{work}}/mine{ending}"),
            prints_same=False,
        )
        for name, ending in (("strokes", ".jsonl.gz"), ("arrays", ".npz"), ("pictures", ""))
    ),
    Feature(
        "saving drawings as a child",
        ("history", "export", "--events", "{work}/mine-too.jsonl.gz"),
        prints_same=False,
    ),
    Feature(
        "taking drawings in as a child",
        ("history", "import", "--events", "{work}/mine-too.jsonl.gz"),
        prints_same=False,
    ),
    Feature(
        "training on the history",
        (
            *("train", "--from", "{shipped}", "--epochs", "1", "--data", "drawings:Me"),
            *("--data", "synthetic:200", "--json", "--out", "{work}/mine.keras"),
        ),
        prints_same=False,
    ),
    Feature("listing networks", ("models", "list", "--json"), prints_same=False),
    Feature("using a network", ("models", "use", "shipped", "--json"), prints_same=False),
    Feature(
        "exporting a network",
        ("models", "export", "shipped", "{work}/copy.keras"),
        ("copy.keras",),
    ),
    Feature(
        "exporting a network for older Keras",
        ("models", "export", "shipped", "{work}/older.h5", "--json"),
        ("older.h5",),
        prints_same=False,
    ),
    *(
        Feature(
            f"exporting a network as {form}",
            (
                *("models", "export", "shipped", f"{{work}}/exported-{form}{ending}"),
                *("--format", form, "--json"),
            ),
            prints_same=False,
        )
        for form, ending in (("litert", ".tflite"), ("saved-model", ""), ("serving", ""))
    ),
    *(
        Feature(
            f"importing a {kind} file",
            ("models", "import", f"{{work}}/{file}", "--name", f"from {kind}", "--json"),
            prints_same=False,
        )
        for kind, file in ((".keras", "copy.keras"), (".h5", "older.h5"))
    ),
    Feature(
        "comparing networks",
        (
            *("models", "compare", "shipped", "{work}/small.keras", "{samples}"),
            *("--part", "train", "--limit", "10", "--json"),
        ),
    ),
    Feature("the window, its dialogs, training and learning in children", ("--self-test",)),
    Feature("the start, timed", ("--time-start",), prints_same=False),
)


def prepare(work: Path) -> None:
    """Fill a folder with what the features read."""
    import numpy as np
    from PIL import Image

    from qtdigits.core.data_files.strokes import read_strokes
    from qtdigits.core.synthetic_pen import synthetic_digits

    digits = read_strokes(_SAMPLES)
    images = digits.images
    labels = digits.labels.astype(np.uint8)
    np.savez(
        work / "digits.npz",
        x_train=np.concatenate([images] * 4),
        y_train=np.concatenate([labels] * 4),
        x_test=images,
        y_test=labels,
    )
    writers = np.arange(4 * len(images), dtype=np.int64) % 8
    np.savez(work / "writers.npz", train_writer=writers, test_writer=writers[: len(images)])
    for digit, suffix in enumerate(("png", "jpg", "bmp", "gif", "webp", "tiff")):
        folder = work / "pictures" / str(digit)
        folder.mkdir(parents=True, exist_ok=True)
        picture = 255 - images[list(labels).index(digit)]
        Image.fromarray(picture).resize((140, 140)).save(folder / f"{digit}.{suffix}")
    (work / "many").mkdir(exist_ok=True)
    for number in range(_MANY):
        picture = Image.fromarray(255 - images[number % len(images)])
        picture.resize((40, 40)).save(work / "many" / f"{number:03}.png")
    page = Image.new("L", (700, 300), 255)
    for number, image in enumerate(images[: 2 * _DIGITS_A_LINE]):
        line, place = divmod(number, _DIGITS_A_LINE)
        digit_image = Image.fromarray(255 - image).resize((84, 84))
        page.paste(digit_image, (40 + 70 * place + 60 * (place // 4), 40 + 130 * line))
    page.save(work / "page.png")
    lessons = [
        {
            "label": digit,
            "writer": "one",
            "strokes": [(300 * track).round().tolist() for track in tracks],
        }
        for digit, tracks in synthetic_digits(_LESSONS, 5)
    ]
    lines = [json.dumps(lesson, separators=(",", ":")) + "\n" for lesson in lessons]
    (work / "lessons.jsonl").write_text("".join(lines), encoding="utf-8")


def home_in(work: Path) -> dict[str, str]:
    """The variables by which a program finds the person's files, all in the work folder."""
    home = work / "home"
    home.mkdir(exist_ok=True)
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    folders = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"}
    folders |= {"XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".local/state"}
    return dict.fromkeys(names, str(home)) | {name: str(home / at) for name, at in folders.items()}


def run_feature(
    program: Sequence[str], feature: Feature, work: Path, environ: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a feature by a program: Python with the package, or the executable file."""
    # A child whose standard input ends takes its parent for dead.
    reading, writing = os.pipe()
    try:
        if typed := feature.typed_in(work):
            os.write(writing, typed)
        return subprocess.run(
            [*program, *feature.arguments_in(work)],
            cwd=work,
            env=environ | home_in(work),
            stdin=reading,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE_S,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)


def write_printed(feature: Feature, done: subprocess.CompletedProcess[str], work: Path) -> None:
    """Keep what a feature printed, without the name of the folder that it ran in."""
    _printed(feature, work).write_text(json.dumps(printed(done, work)), encoding="utf-8")


def read_printed(feature: Feature, work: Path) -> tuple[str, str]:
    """What write_printed() kept."""
    out, err = json.loads(_printed(feature, work).read_text(encoding="utf-8"))
    return out, err


def printed(done: subprocess.CompletedProcess[str], work: Path) -> tuple[str, str]:
    """Standard output and standard error, without what differs from run to run.

    That is the name of the folder, and the checksums of networks, whose files hold times.
    """
    return _lasting(done.stdout, work), _lasting(done.stderr, work)


def _lasting(text: str, work: Path) -> str:
    as_json = json.dumps(str(work)).strip('"')  # another text where the name is not ASCII
    text = text.replace(as_json, "{work}").replace(str(work), "{work}")
    return re.sub(r"\b[0-9a-f]{64}\b", "{checksum}", text)


def _printed(feature: Feature, work: Path) -> Path:
    return work / f"printed-{FEATURES.index(feature)}.json"
