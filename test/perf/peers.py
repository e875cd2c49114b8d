"""What people write today: OpenCV in Python over a folder, as the peers of test/perf/bench.ts.

usage: peers.py <workload> <input file or folder> <output folder>
Debian's python3-opencv (4.6, C++ with AVX2) and numpy. Pools have two processes of one OpenCV thread each.
"""
import os
import sys
from multiprocessing import Pool

import cv2
import numpy as np

QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 95]


def files_of(source):
    if os.path.isfile(source):
        return [source]
    return sorted(os.path.join(source, name) for name in os.listdir(source))


def save(source, out, image):
    cv2.imwrite(os.path.join(out, os.path.basename(source)), image, QUALITY)


def grey_blur(job):
    source, out = job
    grey = cv2.cvtColor(cv2.imread(source), cv2.COLOR_BGR2GRAY)
    save(source, out, cv2.GaussianBlur(grey, (0, 0), 1.4))


def box(image, radius):
    return cv2.boxFilter(image, -1, (2 * radius + 1, 2 * radius + 1))


def guided(guide, image, radius, eps):
    """He, Sun, Tang 2013, grey guide, as in the many copies of it on the web."""
    mean_i, mean_p = box(guide, radius), box(image, radius)
    a = (box(guide * image, radius) - mean_i * mean_p) / (box(guide * guide, radius) - mean_i * mean_i + eps)
    b = mean_p - a * mean_i
    return box(a, radius) * guide + box(b, radius)


def dehaze(image):
    """He, Sun, Tang 2009 with a guided filter, as people write it in numpy."""
    scaled = image.astype(np.float64) / 255
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (15, 15))
    dark = cv2.erode(scaled.min(axis=2), kernel)
    brightest = dark.ravel().argsort()[-max(1, dark.size // 1000):]
    air = scaled.reshape(-1, 3)[brightest].max(axis=0)
    raw = 1 - 0.95 * cv2.erode((scaled / air).min(axis=2), kernel)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float64) / 255
    t = np.maximum(guided(grey, raw, 60, 1e-3), 0.1)[:, :, None]
    return np.clip(((scaled - air) / t + air) * 255, 0, 255).astype(np.uint8)


def dehaze_canny(job):
    source, out = job
    save(source, out, cv2.Canny(cv2.cvtColor(dehaze(cv2.imread(source)), cv2.COLOR_BGR2GRAY), 50, 150))


def four_styles(source, out):
    image = cv2.imread(source)
    name = os.path.basename(source)
    grey_sketch, colour_sketch = cv2.pencilSketch(image, sigma_s=60, sigma_r=0.07, shade_factor=0.02)
    save("pencil-" + name, out, grey_sketch)
    save("colour-" + name, out, colour_sketch)
    if hasattr(cv2, "xphoto"):
        # 8 levels a tone, which is what the recipe has (detail 50).
        save("oil-" + name, out, cv2.xphoto.oilPainting(image, 7, 8))
    save("watercolour-" + name, out, cv2.stylization(image, sigma_s=60, sigma_r=0.45))


def each(source, out, change):
    for path in files_of(source):
        save(path, out, change(cv2.imread(path)))


def pool(source, out, work):
    cv2.setNumThreads(1)
    with Pool(2) as workers:
        workers.map(work, [(path, out) for path in files_of(source)], chunksize=1)


WORKLOADS = {
    "grey-blur": lambda source, out: pool(source, out, grey_blur),
    "dehaze-canny": lambda source, out: pool(source, out, dehaze_canny),
    "four-styles": four_styles,
    "oil": lambda source, out: each(source, out, lambda image: cv2.xphoto.oilPainting(image, 7, 1)),
    "watercolour": lambda source, out: each(source, out, lambda image: cv2.stylization(image, sigma_s=60, sigma_r=0.45)),
    "median": lambda source, out: each(source, out, lambda image: cv2.medianBlur(image, 21)),
}

if __name__ == "__main__":
    workload, source, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    WORKLOADS[workload](source, out)
