"""Trains the block classifier from the files that `lab features` writes.

usage: train.py FOLDER

Writes FOLDER/full.txt, trained on all rows, and FOLDER/fold-N.txt, trained on all folds but N, in LightGBM's text format.
The same input gives the same bytes: one thread, fixed seeds, pinned packages (requirements.txt).
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy

# Additive model: every tree is a single split, so a score is a sum of functions of one feature each.
PARAMETERS = {
    "objective": "cross_entropy",  # labels are shares of matched tokens, not classes
    "num_leaves": 2,
    "learning_rate": 0.15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "use_missing": False,
    "force_col_wise": True,
    "deterministic": True,
    "num_threads": 2,
    "seed": 3,
    "verbose": -1,
}
TREES = 600

# Rows of one page beyond which only a sample is trained on, and the share of the rest that is.
PAGE_ROWS = 200
REST = 0.15


def read(folder):
    about = json.loads((folder / "about.json").read_text())
    tokens = numpy.fromfile(folder / "tokens.f32", dtype="<f4")
    columns = numpy.fromfile(folder / "columns.f32", dtype="<f4").reshape(len(tokens), len(about["features"]))
    labels = numpy.fromfile(folder / "labels.f32", dtype="<f4")
    pages = numpy.fromfile(folder / "pages.u32", dtype="<u4")
    return about, columns, labels, tokens, pages


def weights(tokens, pages):
    """A block weighs its share of its page's words: pages count alike, as they do in the metric."""
    total = numpy.bincount(pages, weights=tokens)
    return tokens / numpy.maximum(total, 1)[pages]


def sample(tokens, pages):
    """Rows to train on, and what each stands for: long pages are sampled, longer blocks more often."""
    random = numpy.random.RandomState(1)
    starts = numpy.searchsorted(pages, numpy.arange(pages[-1] + 2))
    rows, stands_for = [], []
    for start, end in zip(starts, starts[1:]):
        count = end - start
        if count <= PAGE_ROWS:
            rows.append(numpy.arange(start, end))
            stands_for.append(numpy.ones(count))
            continue
        most = int(PAGE_ROWS + (count - PAGE_ROWS) * REST)
        chance = numpy.minimum(tokens[start:end], 30) + 5.0
        rows.append(start + numpy.sort(random.choice(count, most, replace=False, p=chance / chance.sum())))
        stands_for.append(numpy.full(most, count / most))
    return numpy.concatenate(rows), numpy.concatenate(stands_for)


def fit(columns, labels, weight, names):
    data = lightgbm.Dataset(columns, labels, weight=weight, feature_name=names, params={"max_bin": PARAMETERS["max_bin"]})
    return lightgbm.train(PARAMETERS, data, TREES)


def main(folder):
    about, columns, labels, tokens, pages = read(folder)
    names = about["features"]
    fold = numpy.array([page["fold"] for page in about["pages"]])[pages]
    rows, stands_for = sample(tokens, pages)
    weight = weights(tokens, pages)[rows] * stands_for
    columns, labels, fold = numpy.ascontiguousarray(columns[rows]), labels[rows], fold[rows]
    for number in sorted(set(fold)):
        rest = fold != number
        fit(columns[rest], labels[rest], weight[rest], names).save_model(folder / f"fold-{number}.txt")
    fit(columns, labels, weight, names).save_model(folder / "full.txt")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
