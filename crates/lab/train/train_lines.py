"""Trains the classifier of plain texts from the files that `lab lines` writes.

usage: train_lines.py FOLDER

Three ensembles: `dump` for the full text of a page, `nearly` for a text that is main content but for a little, and
`gate`, which tells from the text as a whole which of the two it is. Writes the same files as train.py, whose parameters,
sampling and weights it shares.
"""

import sys
from pathlib import Path

import numpy

from train import (
    COMMON,
    GATE,
    GATE_TREES,
    MIXED_SET,
    NEWS_WEIGHT,
    fit,
    make_foreign,
    read,
    sample,
    splits,
    train_blocks,
    weights,
)

# One thread: on a busy machine two wait for each other longer than they work.
ONE = COMMON | {"num_threads": 1}
DUMP = ONE | {"num_leaves": 31}
DUMP_TREES = 200
NEARLY = ONE | {"num_leaves": 16}
NEARLY_TREES = 200

DUMPS = ("nodes", "layout")

# A page gives several texts, a letter one; the letters come from few lists and senders, and bulletins are put together.
LETTER_WEIGHT = 0.5
LETTERS = ("letter", "bulletins")

# What a text of another language has nothing of.
VOCABULARY = ("vocabulary.",)

# What the gate asks for: features with one value for the whole text.
TEXT_FEATURES = ("text.",)


# Truncated copies teach that an article may be short in a long page; where they weigh as much as whole pages, lists and
# shops come out as the little prose they have. The others weigh more, so that they hold their own.
COPY_WEIGHT = 0.3
OTHERS_WEIGHT = 1.5


def dump_weight(text):
    if text["world"] not in DUMPS:
        return 0.0
    weight = 1.0 if text["set"] == MIXED_SET else NEWS_WEIGHT
    if "copy" in text:
        return weight * COPY_WEIGHT
    return weight if text["type"] == "article" else weight * OTHERS_WEIGHT


def nearly_weight(text):
    if text["world"] in DUMPS:
        return 0.0
    return LETTER_WEIGHT if text["world"] in LETTERS else 1.0


def train_gate(folder, about, columns, pages):
    """Dumps against all other texts, one row a text."""
    names = about["features"]
    count = len(about["pages"])
    starts = numpy.searchsorted(pages, numpy.arange(count))
    present = numpy.array([float(text["blocks"] > 0) for text in about["pages"]])
    rows = numpy.array(columns[numpy.minimum(starts, len(pages) - 1)])
    rows[:, [not name.startswith(TEXT_FEATURES) for name in names]] = 0
    labels = numpy.array([float(text["world"] in DUMPS) for text in about["pages"]])
    fold = numpy.array([text["fold"] for text in about["pages"]])
    for label, chosen in splits(fold):
        model = fit(GATE | {"num_threads": 1}, GATE_TREES, rows, labels, present * chosen, names)
        model.save_model(folder / f"{label}-gate.txt")


def main(folder):
    about, columns, labels, tokens, pages = read(folder)
    train_gate(folder, about, columns, pages)
    rows, stands_for = sample(tokens, pages)
    weight = weights(tokens, pages)[rows] * stands_for
    make_foreign(columns, pages, about["features"], VOCABULARY)
    data = about, numpy.ascontiguousarray(columns[rows]), labels[rows], weight, pages[rows]
    del columns
    train_blocks(folder, data, "dump", DUMP, DUMP_TREES, dump_weight)
    train_blocks(folder, data, "nearly", NEARLY, NEARLY_TREES, nearly_weight)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
