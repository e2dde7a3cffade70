"""Trains the block classifier from the files that `lab features --copies 2` writes.

usage: train.py FOLDER

Three ensembles: `article` for pages known to be articles, `mixed` for pages of any kind, and `gate`, which tells from
the page as a whole how likely it is an article. Writes FOLDER/full-NAME.txt, trained on all pages, and
FOLDER/fold-N-NAME.txt, trained on all folds but N, in LightGBM's text format. The same input gives the same bytes: fixed
seeds, a fixed number of threads, pinned packages (requirements.txt).
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy

COMMON = {
    "objective": "cross_entropy",  # labels are shares of matched tokens, not classes
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.2,
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
# More trees at a lower rate are no better and take longer (model card).
BLOCKS = COMMON | {"num_leaves": 16, "learning_rate": 0.16, "path_smooth": 20}
ARTICLE_TREES = 110
MIXED_TREES = 160
GATE = COMMON | {"num_leaves": 6, "min_data_in_leaf": 20, "feature_fraction": 0.5, "bagging_fraction": 0.8}
GATE_TREES = 150

# The set of mixed pages; the others are news. News weighs less: its gold follows other rules.
MIXED_SET = "wcxb-dev"
NEWS_WEIGHT = 0.3

# What the gate asks for: features with one value for the whole page. With the means of all features it was better at
# telling the training pages apart (AUC .949 against .907 without the address) and worse on old press.
PAGE_FEATURES = ("page.", "address.", "main50.share", "main70.share", "main90.share", "main70.tag", "main70.links")

# Features of the page's address, which is often unknown.
ADDRESS = ("address.",)
UNKNOWN = -1.0

# Features that pages of the older web do not have.
MODERN = ("page.articles", "page.mains", "page.og_type", "page.ld_", "page.noscript", "page.hidden")
ABSENT = 0.0

# What a page has nothing of where no class, word or pattern is known: pages of other languages and of sites of an own
# make, and those of the older web. `mixed` is trained on a share of all pages as such (model card).
LEARNED_WORDS = ("lexicon.", "name.", "hit.", "window.hits", "heading.hits")
FOREIGN_SHARE = 1 / 3

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


def hide_addresses(columns, pages, names):
    """Every other page loses its address, so that no model depends on it."""
    columns[numpy.ix_(pages % 2 == 1, numbers(names, ADDRESS))] = UNKNOWN


def make_foreign(columns, pages, names, prefixes):
    """A share of the pages loses all features with these prefixes."""
    chosen = numpy.random.RandomState(5).rand(pages[-1] + 1) < FOREIGN_SHARE
    columns[numpy.ix_(chosen[pages], numbers(names, prefixes))] = ABSENT


def numbers(names, prefixes):
    return [number for number, name in enumerate(names) if name.startswith(prefixes)]


def article_weight(page):
    """Articles alone, with their truncated copies."""
    if page["type"] != "article":
        return 0.0
    return 1.0 if page["set"] == MIXED_SET else NEWS_WEIGHT


def mixed_weight(page):
    """Pages of all kinds; a little news and a few truncated copies teach it articles as well."""
    if "copy" in page:
        return 0.3 if page["set"] == MIXED_SET else 0.15
    if page["set"] != MIXED_SET:
        return NEWS_WEIGHT
    return 1.0 if page["type"] == "article" else 1.5


def fit(parameters, trees, columns, labels, weight, names):
    chosen = weight > 0
    data = lightgbm.Dataset(
        columns[chosen],
        labels[chosen],
        weight=weight[chosen],
        feature_name=names,
        params={"max_bin": parameters["max_bin"]},
    )
    return lightgbm.train(parameters, data, trees)


def train_blocks(folder, data, name, parameters, trees, page_weight):
    about, columns, labels, weight, pages = data
    by_page = numpy.array([page_weight(page) for page in about["pages"]])
    fold = numpy.array([page["fold"] for page in about["pages"]])
    for label, chosen in splits(fold):
        weighted = weight * (by_page * chosen)[pages]
        fit(parameters, trees, columns, labels, weighted, about["features"]).save_model(folder / f"{label}-{name}.txt")


def train_gate(folder, about, columns, pages):
    """Articles and their copies against all other kinds. Four rows a page: with its address and without, as it is and as
    a page of the older web would be."""
    names = about["features"]
    rows = means(columns, pages, len(about["pages"]), names.index("text.words"))
    rows[:, [not name.startswith(PAGE_FEATURES) for name in names]] = 0
    variants = [rows]
    for prefixes, value in ((ADDRESS, UNKNOWN), (MODERN, ABSENT)):
        for variant in list(variants):
            variants.append(variant.copy())
            variants[-1][:, numbers(names, prefixes)] = value
    rows = numpy.concatenate(variants)
    labels = numpy.array([float(page["type"] == "article") for page in about["pages"]])
    present = numpy.array([float(page["blocks"] > 0) for page in about["pages"]])
    fold = numpy.array([page["fold"] for page in about["pages"]])
    for label, chosen in splits(fold):
        repeat = len(variants)
        model = fit(GATE, GATE_TREES, rows, numpy.tile(labels, repeat), numpy.tile(present * chosen, repeat), names)
        model.save_model(folder / f"{label}-gate.txt")


def means(columns, pages, count, words):
    """The mean of every feature over each page's words, which stand in one of the columns."""
    starts = numpy.searchsorted(pages, numpy.arange(count + 1))
    rows = numpy.zeros((count, columns.shape[1]), dtype="<f4")
    for page, (start, end) in enumerate(zip(starts, starts[1:])):
        weight = columns[start:end, words].astype(float)
        rows[page] = (columns[start:end] * weight[:, None]).sum(axis=0) / max(weight.sum(), 1)
    return rows


def splits(fold):
    """What is trained on: all but each fold, and everything."""
    for number in sorted(set(fold)):
        yield f"fold-{number}", (fold != number).astype(float)
    yield "full", numpy.ones(len(fold))


def main(folder):
    about, columns, labels, tokens, pages = read(folder)
    train_gate(folder, about, columns, pages)
    rows, stands_for = sample(tokens, pages)
    weight = weights(tokens, pages)[rows] * stands_for
    hide_addresses(columns, pages, about["features"])
    data = about, numpy.ascontiguousarray(columns[rows]), labels[rows], weight, pages[rows]
    del columns
    train_blocks(folder, data, "article", BLOCKS, ARTICLE_TREES, article_weight)
    make_foreign(data[1], pages[rows], about["features"], LEARNED_WORDS + MODERN)
    train_blocks(folder, data, "mixed", BLOCKS, MIXED_TREES, mixed_weight)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
