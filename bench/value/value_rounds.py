"""Purchase and spend models: the program's and lifetimes' times, in turn.

value_rounds.py BUILD FOLDER [COPIES [ROUNDS [MODEL...]]]

Each is a process of its own. Medians of the rounds, in seconds, and their ratio; then how far the two estimates of each
parameter are apart at most, as a share.
"""
import os
import statistics
import subprocess
import sys

MODELS = ["bg-nbd", "mbg-nbd", "pareto-nbd", "gamma-gamma"]


def run(command):
    """What a process printed: by model seconds of the fit, seconds of the expectations, parameters."""
    out = {}
    for line in subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        word = line.split()
        if len(word) > 4 and word[0] in MODELS:
            out[word[0]] = (float(word[1]), float(word[2]), [float(w) for w in word[5:]])
    return out


def main(build, folder, copies="420", rounds="3", *chosen):
    models = list(chosen) or MODELS
    here = os.path.dirname(os.path.abspath(__file__))
    ours = [f"{build}/bench/bench_value", "cdnow", folder, copies]
    peer = [sys.executable, "-B", os.path.join(here, "..", "peers_value.py"), folder, copies]
    took = {m: {"ours": [], "peer": []} for m in models}
    for _ in range(int(rounds)):
        mine = run(ours)
        for model in models:
            took[model]["ours"].append(mine[model])
            took[model]["peer"].append(run(peer + [model])[model])
    print(f"{2357 * int(copies)} customers, {len(os.sched_getaffinity(0))} processors, medians of {rounds}")
    print(f"{'':12}{'tesela':>18}{'lifetimes':>20}{'ratio':>9}{'apart':>10}")
    print(f"{'':12}{'fit':>9}{'expect':>9}{'fit':>11}{'expect':>9}")
    for model in models:
        median = {who: [statistics.median(r[i] for r in took[model][who]) for i in (0, 1)] for who in ("ours", "peer")}
        ratio = sum(median["peer"]) / sum(median["ours"])
        apart = max(abs(a / b - 1) for a, b in zip(took[model]["ours"][0][2], took[model]["peer"][0][2]))
        print(f"{model:12}{median['ours'][0]:9.3f}{median['ours'][1]:9.3f}{median['peer'][0]:11.2f}"
              f"{median['peer'][1]:9.2f}{ratio:9.0f}{apart:10.1e}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
