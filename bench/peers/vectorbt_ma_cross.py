"""Crosses of moving averages in vectorbt, on closes that the bench wrote. Prints one JSON document."""

import json
import sys
import time

import numpy as np
import vectorbt as vbt

with open(sys.argv[1]) as file:
    task = json.load(file)
close = np.fromfile(task["data"])
windows = [(fast, slow) for fast in task["fast"] for slow in task["slow"]]


def run():
    means = {}
    sums = np.concatenate(([0.0], np.cumsum(close)))
    for window in {w for pair in windows for w in pair}:
        mean = np.full(close.shape, np.nan)
        mean[window - 1 :] = (sums[window:] - sums[:-window]) / window
        means[window] = mean
    fast = np.column_stack([means[f] for f, _ in windows])
    slow = np.column_stack([means[s] for _, s in windows])
    entries = np.zeros(fast.shape, dtype=bool)
    exits = np.zeros(fast.shape, dtype=bool)
    entries[1:] = (fast[:-1] < slow[:-1]) & (fast[1:] > slow[1:])
    exits[1:] = (fast[:-1] > slow[:-1]) & (fast[1:] < slow[1:])
    entries[-1] = False
    exits[-1] = True
    return vbt.Portfolio.from_signals(
        np.broadcast_to(close[:, None], fast.shape),
        entries,
        exits,
        init_cash=1.0,
        slippage=task["slippage"],
        fees=0.0,
        freq="5min",
    )


portfolio = run()
portfolio.final_value()
begin = time.process_time()
portfolio = run()
final = portfolio.final_value()
accounts = 1000 * (time.process_time() - begin)
# What this project's simulator gives besides: the return of every bar.
portfolio.returns()
returns = 1000 * (time.process_time() - begin)
print(
    json.dumps(
        {
            "version": vbt.__version__,
            "accounts_ms": accounts,
            "returns_ms": returns,
            "trades": [int(n) for n in portfolio.trades.count()],
            "growth": [float(v) for v in final],
        }
    )
)
