#!/usr/bin/env python3
"""Trains the trees by which blocks are judged: src/cleaning/weighing/{lines,markup}.trees.

  python3 training/train.py lines|markup DATA [--write]

DATA is the folder of the development sets (`$SAMARA_EVAL/cleaning`). Prints the scores, as DATA/score.py computes them
over whole pages, of four-fold cross-validation in which no domain is on both sides; with --write it then trains on
everything and writes the trees. Needs numpy and lightgbm, and the samples' printer built:

  cargo build --release -p samara-corpus --features training --example samples
"""
import collections, gzip, json, os, re, subprocess, sys, tempfile, unicodedata, zlib
from urllib.parse import urlparse
import lightgbm, numpy

HERE = os.path.dirname(os.path.abspath(__file__))
PRINTER = os.path.join(HERE, "../../../target/release/examples/samples")
WORD = re.compile(r"\w+")
FOLDS = 4
# Recall matters more than precision: lost content is worse than kept chrome.
THRESHOLD = {"lines": -1.4, "markup": 0.0}
TREES = {"lines": 200, "markup": 200}
# Of the second weighing, by the neighbours' weights.
TREES_BESIDE = 120
# What the first weighing counts beside the second: pages of HTML gain .002 by it, plain text loses as much.
ALONE = {"lines": 0.0, "markup": 0.5}
LEAVES = 16
# Which pages the extractors are asked about, and what they may add (src/cleaning/markup.rs, src/cleaning/weighing/votes.rs).
OPEN, MOST_OPEN, LITTLE, VOTE = 1.5, .1, 60, 2
SETS = {"lines": ["lite", "full", "snip"], "markup": ["news", "web", "snippets"]}
# Lines behind the end of a text are content from this weight on (src/cleaning/lines.rs).
SURE = 0.0

def names():
    """The names of the numbers by which lines, markup and, the second time, neighbours are weighed."""
    return json.loads(subprocess.run([PRINTER], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout)

NAMES = names()

def column(page, name):
    """The number of this name of every block of a page."""
    return page["X"][:, NAMES[page["kind"]].index(name)]

def fold(text): return " ".join(WORD.findall(unicodedata.normalize("NFKC", text or "").lower()))

def samples(rows, body, ending):
    """Every page with its blocks, as the printer gives them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, row in enumerate(rows):
            paths.append(os.path.join(folder, f"{number}.{ending}"))
            with open(paths[-1], "w", encoding="utf-8") as file: file.write(body(row))
        out = subprocess.run([PRINTER, *paths], stdout=subprocess.PIPE, encoding="utf-8", check=True)
        pages = {int(os.path.basename(path).split(".")[0]): page for path, page in map(json.loads, filter(None, out.stdout.split("\n")))}
        for page in pages.values(): page["kind"] = "markup" if ending == "html" else "lines"
        return pages

def label_lines(row, blocks):
    """The label of each line, found again by its text, in order."""
    labels = [(label, fold(text)) for label, text in row["lines"]]
    labels = [pair for pair in labels if pair[1]]
    at = 0
    for block in blocks:
        text, label = fold(block["text"]), "?"
        for near in range(at, min(at + 40, len(labels))):
            if labels[near][1] == text:
                label, at = labels[near][0], near + 1
                break
        yield {"content": 1, "boiler": 0}.get(label)

def label_markup(row, blocks):
    """Content if most of a block's words stand in the gold text in the same order."""
    gold = row["gold"]
    if "text" not in gold:
        wanted, unwanted = [fold(x) for x in gold["with"]], [fold(x) for x in gold["without"]]
        for block in blocks:
            text = fold(block["text"])
            near = lambda snippets: any(s and (s in text or (len(text) > 30 and text in s)) for s in snippets)
            yield 1 if near(wanted) else 0 if near(unwanted) else None
        return
    words = fold(gold["text"]).split()
    pairs = collections.Counter(zip(words, words[1:]))
    lines = {fold(line) for line in gold["text"].split("\n")}
    for block in blocks:
        mine = fold(block["text"]).split()
        if len(mine) < 3:
            yield int(" ".join(mine) in lines) if mine else None
            continue
        shared = sum(1 for pair in zip(mine, mine[1:]) if pairs[pair])
        share = shared / (len(mine) - 1)
        yield 1 if share >= .7 else 0 if share <= .4 else None

def read(kind, data, name):
    """Pages of a set, with their labels and numbers."""
    folder, ending = ("lines", "txt") if kind == "lines" else ("html", "html")
    body = (lambda row: "\n".join(t for _, t in row["lines"])) if kind == "lines" else (lambda row: row["html"])
    label = label_lines if kind == "lines" else label_markup
    with gzip.open(os.path.join(data, folder, f"{name}.jsonl.gz"), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for number, page in sorted(samples(rows, body, ending).items()):
        if page["blocks"]: yield described(page, rows[number], name, list(label(rows[number], page["blocks"])))

def described(page, row, name, labels):
    blocks = page["blocks"]
    page.update(row=row, set=name, domain=zlib.crc32(urlparse(row["url"]).netloc.removeprefix("www.").encode()))
    page["X"] = numpy.array([block.pop("features") for block in blocks], dtype=numpy.float32)
    page["vote"] = numpy.array([block["vote"] for block in blocks], dtype=numpy.float32)
    page["y"] = numpy.array([numpy.nan if value is None else value for value in labels], dtype=numpy.float32)
    page["words"] = numpy.array([max(1, len(fold(block["text"]).split())) for block in blocks], dtype=numpy.float32)
    return page

def as_lines(pages, name, sparse):
    """Pages of HTML as if they had been scraped: a block a line; where sparse is set, without lists of links."""
    def shown(page):
        return [(block, label) for block, label, links in zip(page["blocks"], page["y"], column(page, "linked"))
                if not (sparse and links > .6 and block["rule"])]
    rows = [shown(page) for page in pages]
    body = lambda row: "\n".join(block["text"].replace("\n", " ") for block, _ in row)
    for number, page in sorted(samples(rows, body, "txt").items()):
        labels = {}
        for block, label in rows[number]: labels.setdefault(fold(block["text"]), label)
        if page["blocks"]: yield described(page, pages[number]["row"], name, [labels.get(fold(block["text"])) for block in page["blocks"]])

def load(kind, data):
    """Pages of each set, and pages that are only learnt from: plain text learns from pages of HTML, too."""
    if kind == "markup": return [page for name in SETS["markup"] for page in read("markup", data, name)], []
    more = []
    for name in SETS["markup"]:
        pages = list(read("markup", data, name))
        for sparse in (False, True): more += as_lines(pages, name, sparse)
    return [page for name in SETS["lines"] for page in read("lines", data, name)], more

def weights(kind, page):
    """A page is judged by its words, but a thousand words are not a thousand times as certain as one. Pages of HTML
    count alike, whatever their length. Sets in which only hand-picked sentences are labelled count less."""
    weight = numpy.sqrt(page["words"])
    if kind == "lines": return weight * {"lite": 1, "full": 1, "snip": .3, "snippets": .15}.get(page["set"], .5)
    return weight / weight.sum() * 100 * (.5 if page["set"] == "snippets" else 1)

def train(pages, numbers, trees, weighted):
    X, y = numpy.concatenate([page[numbers] for page in pages]), numpy.concatenate([page["y"] for page in pages])
    weight, known = numpy.concatenate([weighted(page) for page in pages]), ~numpy.isnan(y)
    parameters = dict(objective="binary", learning_rate=.06, num_leaves=LEAVES, min_data_in_leaf=100, feature_fraction=.3,
                      bagging_fraction=.6, bagging_freq=1, lambda_l2=10, max_bin=63, num_threads=1, verbose=-1, seed=1,
                      deterministic=True, force_row_wise=True)
    return lightgbm.train(parameters, lightgbm.Dataset(X[known], y[known], weight=weight[known]), trees)

def neighbours(weights, words):
    """What the weights of the blocks around say of a block: the numbers of src/cleaning/weighing/neighbours.rs."""
    count, at = len(weights), numpy.arange(len(weights))
    words = numpy.clip(words, 1, 60)
    sums = lambda values: numpy.concatenate([[0], numpy.cumsum(values, dtype=float)])
    size, mass, good = sums(words), sums(words * weights), sums(words * (weights > .5))
    mean = lambda start, end: (mass[end] - mass[start]) / numpy.maximum(size[end] - size[start], 1)
    padded = numpy.concatenate([numpy.full(5, -4.), weights, numpy.full(5, -4.)])
    out = [weights]
    for step in range(1, 6): out += [padded[5 - step:][:count], padded[5 + step:][:count]]
    start, end = numpy.zeros(count, int), numpy.full(count, count)
    for reach in (3, 8, 20):
        near, far = numpy.maximum(at - reach, 0), numpy.minimum(at + reach + 1, count)
        out += [mean(near, far), mean(near, at), mean(at + 1, far)]
    out += [mean(start, at), mean(at + 1, end), mean(start, end)]
    out += [good[at] / max(good[-1], 1), (good[-1] - good[at + 1]) / max(good[-1], 1), numpy.full(count, good[-1] / max(size[-1], 1))]
    def since(kind):
        distances, distance = [], 50
        for value in kind:
            distances.append(distance)
            distance = 1 if value else min(distance + 1, 50)
        return numpy.array(distances, float)
    for kind in (weights > 1, weights < -1): out += [since(kind), since(kind[::-1])[::-1]]
    out += [numpy.maximum.accumulate(weights), numpy.maximum.accumulate(weights[::-1])[::-1]]
    return numpy.stack(out, 1)

def votes(page, score):
    """What the extractors add. About a page of which little is open they are not asked: src/cleaning/markup.rs."""
    is_open = (page["words"] * (numpy.abs(score) < OPEN)).sum() > MOST_OPEN * page["words"].sum()
    is_open |= page["words"][score > 0].sum() < LITTLE
    return page["vote"] if is_open or page["kind"] == "lines" else VOTE * numpy.tanh(score)

def beside(page, score, vote):
    """Everything by which blocks are weighed for the second time."""
    table = numpy.column_stack([neighbours(score + vote, column(page, "words")), score, vote]).astype(numpy.float32)
    assert table.shape[1] == len(NAMES["neighbours"]), "src/cleaning/weighing/neighbours.rs computes other numbers"
    return table

def learn(kind, pages, folds):
    """Both weighings. The second learns from what the first says of pages that it did not learn from."""
    weighted = lambda page: weights(kind, page)
    for part in folds:
        model = train([page for page in pages if page["domain"] % FOLDS != part], "X", TREES[kind], weighted)
        for page in pages:
            if page["domain"] % FOLDS == part: page["beside"] = beside(page, model.predict(page["X"], raw_score=True), page["vote"])
    return train(pages, "X", TREES[kind], weighted), train(pages, "beside", TREES_BESIDE, weighted)

def weigh(kind, models, page):
    alone = models[0].predict(page["X"], raw_score=True)
    vote = votes(page, alone)
    return ALONE[kind] * (alone + vote) + (1 - ALONE[kind]) * models[1].predict(beside(page, alone, vote), raw_score=True)

def kept(kind, page, threshold):
    """What a page comes to, as the crate decides it."""
    lines, title_seen = [], False
    for block, score in zip(page["blocks"], page["score"]):
        if block["is_title"] and not title_seen:
            title_seen = True
            continue
        judged = score >= threshold or block["is_kept"]
        if page["certain"]: judged = block["rule"] is None
        elif kind == "lines": judged = judged and block["rule"] is None or block["rule"] == "after-end" and score >= SURE
        if judged: lines.append(block["text"])
    return {"title": page["title"], "text": "\n".join(lines)}

def write(kind, models):
    def nodes(tree):
        flat = []
        def add(node):
            at = len(flat); flat.append(None)
            if "leaf_value" in node: flat[at] = f"{node['leaf_value']:.3g}"
            else:
                # A value equal to the threshold goes left; nine digits name a single-precision number exactly.
                left, right = add(node["left_child"]), add(node["right_child"])
                flat[at] = f"{node['split_feature']}<{numpy.float32(node['threshold']):.6g}:{left}:{right}"
            return at
        add(tree["tree_structure"])
        return " ".join(flat)
    path = os.path.join(HERE, "../src/cleaning/weighing", f"{kind}.trees")
    with open(path, "w", encoding="utf-8") as file:
        file.write("# Written by training/train.py; do not edit.\n")
        file.write(f"threshold {THRESHOLD[kind]}\nalone {ALONE[kind]}\n")
        for second, model in enumerate(models):
            if second: file.write("beside\n")
            file.write(" ".join(["numbers", *NAMES["neighbours" if second else kind]]) + "\n")
            for tree in model.dump_model()["tree_info"]: file.write(nodes(tree) + "\n")
    print("written:", os.path.normpath(path), os.path.getsize(path), "bytes")

def main():
    kind, data = sys.argv[1], sys.argv[2]
    sys.path.insert(0, data)
    import score
    pages, more = load(kind, data)
    print(len(pages), "pages,", sum(len(page["blocks"]) for page in pages), "blocks,", pages[0]["X"].shape[1], "numbers each")
    for part in range(FOLDS):
        others = [page for page in pages + more if page["domain"] % FOLDS != part]
        models = learn(kind, others, [fold for fold in range(FOLDS) if fold != part])
        for page in pages:
            if page["domain"] % FOLDS == part: page["score"] = weigh(kind, models, page)
    for threshold in sorted({-1.0, -0.5, 0.0, THRESHOLD[kind]}):
        print("threshold", threshold)
        for name in SETS[kind]:
            mine = [page for page in pages if page["set"] == name]
            got = {page["row"]["id"]: kept(kind, page, threshold) for page in mine}
            print(" ", name, getattr(score, name, score.lines)([page["row"] for page in mine], got))
    if "--write" in sys.argv: write(kind, learn(kind, pages + more, range(FOLDS)))

if __name__ == "__main__": main()
