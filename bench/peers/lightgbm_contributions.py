"""Times LightGBM's predictions and contributions on the model and rows of bench/workloads/explain.ts; prints JSON.

The first argument is a JSON file with the shape, the path of the model in the text format and that of the columns: float64,
little-endian, column-major.
"""

import json
import sys
import time

import lightgbm as lgb
import numpy as np


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    data = np.fromfile(task["data"], dtype="<f8").reshape(task["features"], task["rows"]).T.copy()
    booster = lgb.Booster(model_file=task["model"], params={"num_threads": 1})
    some = np.ascontiguousarray(data[: task["shap_rows"]])
    # The first calls warm the process up.
    booster.predict(some, num_threads=1)
    booster.predict(some[:200], pred_contrib=True, num_threads=1)
    begin = time.process_time()
    booster.predict(data, num_threads=1)
    middle = time.process_time()
    booster.predict(some, pred_contrib=True, num_threads=1)
    end = time.process_time()
    print(json.dumps({"version": lgb.__version__, "predict_seconds": middle - begin, "contribution_seconds": end - middle}))


main()
