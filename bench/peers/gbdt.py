"""Trains a histogram GBDT on the data of bench/workloads/gbm.ts with one thread and prints seconds, AUC and memory as JSON.

The first argument names the library: xgboost, lightgbm or sklearn. The second is a JSON file with the shape, the parameters and
the path of the columns: float64, little-endian, column-major, the training rows of every feature, then the test rows of every
feature, then all labels. Seconds are CPU time, as on the other side: other work on the machine does not count.
"""

import json
import os
import resource
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np


def auc(scores, positive):
    order = np.argsort(scores, kind="stable")
    _, first, counts = np.unique(scores[order], return_index=True, return_counts=True)
    ranks = np.empty(len(scores))
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positives = positive.sum()
    return (ranks[positive == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(positive) - positives))


def xgboost(task):
    import xgboost as xgb

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

    def fit(x, y, trees):
        return xgb.train(params, xgb.DMatrix(x, y, nthread=1), trees)

    return xgb.__version__, fit, lambda model, x: model.predict(xgb.DMatrix(x, nthread=1))


def lightgbm(task):
    import lightgbm as lgb

    params = {
        "objective": "binary",
        "max_depth": task["max_depth"],
        "num_leaves": 2 ** task["max_depth"],
        "learning_rate": task["learning_rate"],
        "lambda_l2": task["l2"],
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": task["min_child_weight"],
        "max_bin": task["max_bins"],
        "seed": task["seed"],
        "num_threads": 1,
        "verbosity": -1,
    }

    def fit(x, y, trees):
        return lgb.train(params, lgb.Dataset(x, y), trees)

    return lgb.__version__, fit, lambda model, x: model.predict(x, num_threads=1)


def sklearn(task):
    import sklearn as package
    from sklearn.ensemble import HistGradientBoostingClassifier

    def fit(x, y, trees):
        model = HistGradientBoostingClassifier(
            max_iter=trees,
            max_depth=task["max_depth"],
            max_leaf_nodes=None,
            min_samples_leaf=1,
            learning_rate=task["learning_rate"],
            l2_regularization=task["l2"],
            max_bins=task["max_bins"],
            early_stopping=False,
            random_state=task["seed"],
        )
        return model.fit(x, y)

    return package.__version__, fit, lambda model, x: model.predict_proba(x)[:, 1]


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        task = json.load(file)
    version, fit, predict = {"xgboost": xgboost, "lightgbm": lightgbm, "sklearn": sklearn}[sys.argv[1]](task)
    data = np.fromfile(task["data"], dtype="<f8")
    train, test, features = task["train_rows"], task["test_rows"], task["features"]
    cut = train * features
    x_train = np.ascontiguousarray(data[:cut].reshape(features, train).T)
    x_test = np.ascontiguousarray(data[cut : cut + test * features].reshape(features, test).T)
    y = data[cut + test * features :].copy()
    del data
    # A short fit warms the process up; binning counts, as it does on the other side.
    fit(x_train[:2000], y[:2000], 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    model = fit(x_train, y[:train], task["trees"])
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scores = predict(model, x_test)
    result = {
        "version": version,
        "seconds": seconds,
        "auc": float(auc(scores, y[train:])),
        "training_mb": max(0, peak - before) / 1024,
    }
    print(json.dumps(result))


main()
