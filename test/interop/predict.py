"""Predicts with LightGBM and ONNX Runtime from exported models, for test/interop/model-exchange.test.ts.

The first argument is a JSON file: `rows`, `columns`, `data` (path of float64, little-endian, column-major), `lightgbm` and
`onnx` (paths of models). Prints, as JSON, what each runtime predicts, row by row.
"""

import json
import sys

import lightgbm as lgb
import numpy as np
import onnxruntime as ort

with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)
data = np.fromfile(task["data"], dtype="<f8").reshape(task["columns"], task["rows"]).T.copy()
booster = lgb.Booster(model_file=task["lightgbm"])
session = ort.InferenceSession(task["onnx"], providers=["CPUExecutionProvider"])
names = [output.name for output in session.get_outputs()]
outputs = dict(zip(names, session.run(None, {"features": data})))
answer = {
    "versions": {"lightgbm": lgb.__version__, "onnxruntime": ort.__version__},
    "lightgbm": {
        "predicted": booster.predict(data).tolist(),
        "contributions": booster.predict(data, pred_contrib=True).tolist(),
    },
    "onnx": {name: values.tolist() for name, values in outputs.items()},
}
print(json.dumps(answer))
