"""Trains XGBoost's hist method on the data of bench/workloads/gbm.ts and prints seconds and AUC as JSON.

The first argument is a JSON file with the shape, the parameters and the path of the columns: float64, little-endian,
column-major, the training rows of every feature, then the test rows of every feature, then all labels.
"""

import json
import sys
import time

import numpy as np
import xgboost as xgb


def auc(scores, positive):
    order = np.argsort(scores, kind="stable")
    _, first, counts = np.unique(scores[order], return_index=True, return_counts=True)
    ranks = np.empty(len(scores))
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positives = positive.sum()
    return (ranks[positive == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(positive) - positives))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    data = np.fromfile(task["data"], dtype="<f8")
    train, test, features = task["train_rows"], task["test_rows"], task["features"]
    cut = train * features
    x_train = np.ascontiguousarray(data[:cut].reshape(features, train).T)
    x_test = np.ascontiguousarray(data[cut : cut + test * features].reshape(features, test).T)
    y = data[cut + test * features :]
    params = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "max_depth": task["max_depth"],
        "eta": task["learning_rate"],
        "lambda": task["l2"],
        "min_child_weight": task["min_child_weight"],
        "max_bin": task["max_bins"],
        "seed": task["seed"],
        "nthread": 1,
    }
    # The first fit warms the process up; binning (the DMatrix) counts, as it does on the other side.
    for trees in (2, task["trees"]):
        begin = time.perf_counter()
        matrix = xgb.DMatrix(x_train, y[:train], nthread=1)
        booster = xgb.train(params, matrix, trees)
        seconds = time.perf_counter() - begin
    scores = booster.predict(xgb.DMatrix(x_test, nthread=1))
    print(json.dumps({"version": xgb.__version__, "seconds": seconds, "auc": float(auc(scores, y[train:]))}))


main()
