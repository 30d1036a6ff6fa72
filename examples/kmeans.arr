"""k-means clustering (Lloyd's algorithm).

What to notice: the distances to the centres are a broadcast expression that is
never stored, and `sums[label[i]] += x[i]` is a reduction into an array: prange
accepts it, and the result does not depend on the number of threads.
"""
import numpy as np


def assign(x: f64[n, d], centres: f64[k, d]) -> i64[n]:
    """The nearest centre of each point."""
    distance = ((x[:, np.newaxis, :] - centres[np.newaxis, :, :]) ** 2).sum(axis=2)
    return distance.argmin(axis=1)


def update(x: f64[n, d], label: i64[n], centres: f64[k, d]):
    """Moves each centre to the mean of its points."""
    sums = np.zeros((k, d))
    counts = np.zeros(k)
    for i in prange(n):
        sums[label[i]] += x[i]
        counts[label[i]] += 1
    for c in range(k):
        if counts[c] > 0:                # a centre without points stays
            centres[c] = sums[c] / counts[c]


def kmeans(x: f64[n, d], centres: f64[k, d], limit: int) -> i64[n]:
    """Labels of the points; `centres` holds the start and is updated."""
    label = assign(x, centres)
    for step in range(limit):
        update(x, label, centres)
        after = assign(x, centres)
        if (after == label).all():
            break
        label = after
    return label


def main(x: f64[n, d], clusters: int = 3, limit: int = 100, out: str = 'labels.npy'):
    """Clusters the rows of an .npy file."""
    centres = np.empty((clusters, d))
    for c in range(clusters):
        centres[c] = x[c * n // clusters]
    label = kmeans(x, centres, limit)
    np.save(out, label)
    for c in range(clusters):
        print('cluster', c, 'has', (label == c).sum(), 'points, centre', np.round(centres[c], 3))
