"""Trains the classifier of plain texts from the files that `lab lines` writes.

usage: train_lines.py FOLDER

Six ensembles. `form` tells from a text as a whole whether it is a dump, the full text of a page, or main content but for a
little, which `nearly` judges; letters to many are judged by `letter`. Dumps are judged as pages are: `article` for those of articles, `mixed` for those of pages of
any kind, and `gate`, which tells how likely a dump is that of an article. Writes the same files as train.py, whose
parameters, sampling and weights it shares.
"""

import sys
from pathlib import Path

import numpy

from train import (
    ABSENT,
    COMMON,
    GATE,
    GATE_TREES,
    MIXED_SET,
    NEWS_WEIGHT,
    fit,
    make_foreign,
    means,
    numbers,
    read,
    sample,
    splits,
    train_blocks,
    weights,
)

# One thread: on a busy machine two wait for each other longer than they work.
ONE = COMMON | {"num_threads": 1}
ARTICLE = ONE | {"num_leaves": 16}
ARTICLE_TREES = 200
MIXED = ONE | {"num_leaves": 24}
MIXED_TREES = 200
# Texts are made in any number, and what they teach needs room: with 16 leaves, a rate of .08, a fifth of the features and an
# l2 of 5 the log-loss of the nearly clean texts of a held-out fold was .158 instead of .138. Letters that were made resemble
# each other more than letters do: what lowers their log-loss further (.107 instead of .118) loses more of real ones.
NEARLY = ONE | {"num_leaves": 31, "learning_rate": 0.15, "feature_fraction": 0.4, "lambda_l2": 1.0}
NEARLY_TREES = 200
LETTER = ONE | {"num_leaves": 31, "learning_rate": 0.12}
LETTER_TREES = 200
GATE = GATE | {"num_threads": 1}

DUMPS = ("nodes", "layout")

# What letters to many are: labelled ones, and bulletins that were put together. `letter` is for these and sees the other texts
# for what prose is; `nearly` is for the others and sees these for what newsletters hold. With .5 it takes more of their
# footers (34 instead of 39 % of those of 72 newsletters stay) and 3.8 instead of 2.7 % of their text.
LETTERS = ("letter", "bulletins")
LETTER_WEIGHT = 0.2
OTHERS_IN_LETTER = 0.3

# Clean texts are few beside those with footers. At 4, 97.2 % of wcxb-dev's clean articles pass unchanged, at 6 98.1; at 8 more
# of the footers that were written blind stay (33 instead of 31 %).
CLEAN_WEIGHT = 6.0

# What tells a box of a newsletter from its text takes lines that stand close together for a footer in any other text.
BOXES = ("paragraph.",)

# What a text of another language has nothing of.
VOCABULARY = ("vocabulary.",)

# Features with one value for the whole text: all that tells its form. The gate of dumps sees the means of the others, too
# (AUC .843 instead of .812 on wcxb-dev, and better on old press).
TEXT_FEATURES = ("text.",)

# Truncated copies teach that an article may be short in a long page, and that is what `article` is for. In `mixed`, where
# they weigh as much as whole pages, lists and shops come out as the little prose they have. The others weigh more, so that
# they hold their own.
COPY_WEIGHT = 0.1
OTHERS_WEIGHT = 1.5


def dump_weight(text):
    if text["world"] not in DUMPS:
        return 0.0
    return 1.0 if text["set"] == MIXED_SET else NEWS_WEIGHT


def article_weight(text):
    return dump_weight(text) if text["type"] == "article" else 0.0


def mixed_weight(text):
    if "copy" in text:
        return dump_weight(text) * COPY_WEIGHT
    return dump_weight(text) if text["type"] == "article" else dump_weight(text) * OTHERS_WEIGHT


def nearly_weight(text):
    if text["world"] in DUMPS:
        return 0.0
    if text["world"] in LETTERS:
        return LETTER_WEIGHT
    return CLEAN_WEIGHT if text["world"] == "clean" else 1.0


def letter_weight(text):
    if text["world"] in DUMPS:
        return 0.0
    return 1.0 if text["world"] in LETTERS else OTHERS_IN_LETTER


def train_form(folder, about, columns, pages):
    """Dumps against all other texts, one row a text."""
    names = about["features"]
    starts = numpy.searchsorted(pages, numpy.arange(len(about["pages"])))
    rows = numpy.array(columns[numpy.minimum(starts, len(pages) - 1)])
    rows[:, [not name.startswith(TEXT_FEATURES) for name in names]] = 0
    train_texts(folder, about, "form", rows, lambda _: 1.0, lambda text: text["world"] in DUMPS)


def train_gate(folder, about, columns, pages):
    """Dumps of articles against those of all other kinds, one row a text. Copies would say that most are articles."""
    rows = means(columns, pages, len(about["pages"]), about["features"].index("line.words"))
    whole = lambda text: dump_weight(text) > 0 and "copy" not in text  # noqa: E731
    train_texts(folder, about, "gate", rows, whole, lambda text: text["type"] == "article")


def train_texts(folder, about, name, rows, weight, label):
    """An ensemble that judges a text as a whole."""
    texts = about["pages"]
    weights = numpy.array([float(weight(text)) if text["blocks"] > 0 else 0.0 for text in texts])
    labels = numpy.array([float(label(text)) for text in texts])
    fold = numpy.array([text["fold"] for text in texts])
    for part, chosen in splits(fold):
        model = fit(GATE, GATE_TREES, rows, labels, weights * chosen, about["features"])
        model.save_model(folder / f"{part}-{name}.txt")


def main(folder):
    about, columns, labels, tokens, pages = read(folder)
    train_form(folder, about, columns, pages)
    train_gate(folder, about, columns, pages)
    rows, stands_for = sample(tokens, pages)
    weight = weights(tokens, pages)[rows] * stands_for
    make_foreign(columns, pages, about["features"], VOCABULARY)
    data = about, numpy.ascontiguousarray(columns[rows]), labels[rows], weight, pages[rows]
    del columns
    train_blocks(folder, data, "article", ARTICLE, ARTICLE_TREES, article_weight)
    train_blocks(folder, data, "mixed", MIXED, MIXED_TREES, mixed_weight)
    train_blocks(folder, data, "letter", LETTER, LETTER_TREES, letter_weight)
    data[1][:, numbers(about["features"], BOXES)] = ABSENT
    train_blocks(folder, data, "nearly", NEARLY, NEARLY_TREES, nearly_weight)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
