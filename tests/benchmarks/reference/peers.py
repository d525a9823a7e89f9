"""Times the peers of search and projection on data that the benchmark wrote; prints a line a measurement: name, tab, number.

Needs Debian's python3-faiss, python3-sklearn and umap-learn; what is missing is left out.
    peers.py search FILE.npy QUERIES.npy THREADS
    peers.py projection FILE.npy THREADS
"""
import os
import sys
import time

THREADS = sys.argv[-1]
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = THREADS

import numpy as np  # noqa: E402


def median(runs, work):
    work()
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return sorted(seconds)[runs // 2]


def search(table, queries):
    import faiss

    faiss.omp_set_num_threads(int(THREADS))
    x, q = np.load(table), np.load(queries)
    index = faiss.IndexFlatIP(x.shape[1])
    index.add(x)
    print(f"one\t{median(9, lambda: index.search(q[:1], 10))}")
    print(f"batch\t{median(9, lambda: index.search(q, 10))}")


def projection(table):
    x = np.load(table).astype(np.float64)
    for name, work in (("pca", pca), ("tsne", tsne), ("umap", umap)):
        try:
            seconds, layout = work(x)
        except ImportError:
            continue
        print(f"{name}\t{seconds}")
        np.save(os.path.splitext(table)[0] + f"-{name}.npy", layout)


def timed(work):
    begin = time.perf_counter()
    layout = work()
    return time.perf_counter() - begin, np.ascontiguousarray(layout, dtype=np.float32)


def pca(x):
    from sklearn.decomposition import PCA

    return timed(lambda: PCA(n_components=2, svd_solver="full").fit_transform(x))


def tsne(x):
    from sklearn.manifold import TSNE

    return timed(lambda: TSNE(init="pca", learning_rate="auto", random_state=42, n_jobs=int(THREADS)).fit_transform(x))


def umap(x):
    from umap import UMAP

    UMAP(n_epochs=5, random_state=1).fit(x[:200])  # compiles
    return timed(lambda: UMAP(min_dist=0.1, random_state=42).fit_transform(x))


if sys.argv[1] == "search":
    search(sys.argv[2], sys.argv[3])
else:
    projection(sys.argv[2])
